import { describeError } from './describe-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

export interface RunCommandOptions {
  /** Errors as one line of JSON `{"error": {code, message, at?, retryAfterSecs?}}` instead of words. */
  json?: boolean | undefined;
  stderr?: NodeJS.WritableStream;
}

/**
 * Runs a command and sets the process's exit code: what `work` returns, or what its failure means. A failure is one
 * clear line on stderr, never a stack trace (unless KITH_DEBUG is set).
 */
export async function runCommand(
  // biome-ignore lint/suspicious/noConfusingVoidType: a command that returns nothing has gone well
  work: () => Promise<ExitCode | void> | ExitCode | void,
  options: RunCommandOptions = {},
): Promise<void> {
  endQuietlyWhenReaderLeaves();
  try {
    process.exitCode = (await work()) ?? exitCodes.ok;
  } catch (error) {
    process.exitCode = report(error, options);
  }
}

function report(error: unknown, options: RunCommandOptions): ExitCode {
  // Commander has already printed what is wrong, or the help that was asked for.
  if (error instanceof Error && error.name === 'CommanderError') {
    return (error as { exitCode?: number }).exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  const { exitCode, ...described } = describeError(error);
  const stderr = options.stderr ?? process.stderr;
  const place = described.at === undefined ? '' : `${described.at}: `;
  const line = options.json ? JSON.stringify({ error: described }) : `kith: ${place}${described.message}`;
  stderr.write(`${line}\n`);
  if (process.env.KITH_DEBUG && error instanceof Error) stderr.write(`${error.stack}\n`);
  return exitCode;
}

let watching = false;

/** `kith … | head` ends when head has enough: the broken pipe is no failure. */
function endQuietlyWhenReaderLeaves(): void {
  if (watching) return;
  watching = true;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
}
