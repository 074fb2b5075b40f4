/** Lines for the person who waits. They go to stderr: stdout belongs to the command's answer. */
export function say(line) {
  process.stderr.write(`kith: ${line}\n`);
}

/** A foreseen failure of the steps before a command: one line, then the end. */
export class StartError extends Error {}

/** Ends with one clear line; only what nobody foresaw keeps its stack, for the bug report. */
export function fail(error) {
  const foreseen = error instanceof StartError || error?.syscall !== undefined;
  say(foreseen ? error.message : (error?.stack ?? String(error)));
  process.exitCode = 1;
}

/**
 * Shows that something long goes on: a line that counts the seconds on a terminal, else one line at the start.
 *
 * @param {string} label
 * @returns {() => number} ends it and tells how many milliseconds it took
 */
export function waiting(label) {
  const startedAt = performance.now();
  const tty = process.stderr.isTTY;
  const draw = () =>
    process.stderr.write(`\r\u001b[Kkith: ${label} … ${seconds(performance.now() - startedAt)}`);
  const timer = tty ? setInterval(draw, 250) : undefined;
  if (tty) draw();
  else say(`${label} …`);
  return () => {
    clearInterval(timer);
    if (tty) process.stderr.write('\r\u001b[K');
    return performance.now() - startedAt;
  };
}

export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
