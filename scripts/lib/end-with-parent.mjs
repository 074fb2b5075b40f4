import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before a command that runs as a child of bin/kith.mjs, so that the two stop as one.
 *
 * - Parent killed, even by SIGKILL: the kernel closes the channel, and the command is told to stop.
 * - A signal that reached the parent alone comes as a message. Ctrl-C reaches every process of the terminal's group at
 *   once, so a message about a signal that we have just had ourselves is not a second Ctrl-C.
 */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const sameMs = 1_000;
const patienceMs = 60_000;
const seenAt = new Map();

if (isMainThread && process.channel) stayWithParent();

function stayWithParent() {
  // Processes that the command forks have a parent of their own to watch.
  process.execArgv = process.execArgv.filter(
    (argument, at, all) => !isOurs(argument) && !isOurs(all[at + 1] ?? ''),
  );
  for (const signal of signals) process.on(signal, notice);
  process.on('message', forwarded);
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), patienceMs).unref();
  });
  // Neither channel nor listeners keep a finished command alive.
  process.channel.unref();
}

function isOurs(argument) {
  return argument === import.meta.url;
}

function notice(signal) {
  seenAt.set(signal, performance.now());
  // Listening takes away the signal's usual effect: a command that does not listen itself shall have it.
  if (process.listenerCount(signal) > 1) return;
  process.off(signal, notice);
  process.kill(process.pid, signal);
}

function forwarded(message) {
  const signal = message?.signal;
  const seen = seenAt.get(signal) ?? Number.NEGATIVE_INFINITY;
  if (signals.includes(signal) && performance.now() - seen > sameMs) process.kill(process.pid, signal);
}
