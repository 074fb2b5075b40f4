import type { WatchError } from '@kith/detection';
import { Problem } from '@kith/protocol';
import { EmbeddedPostgresError } from '../../postgres/embedded/index.ts';
import { CommandError } from './command-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A failure as a terminal or a script is told of it. */
export interface DescribedError {
  code: string;
  message: string;
  at?: string;
  retryAfterSecs?: number;
  exitCode: ExitCode;
}

/** What the system's own codes mean to the person at the terminal. */
const systemErrors: Record<string, { text: string; exitCode: ExitCode }> = {
  ENOENT: { text: 'there is no such file or folder', exitCode: exitCodes.usage },
  EACCES: { text: 'you may not use it', exitCode: exitCodes.usage },
  EPERM: { text: 'you may not use it', exitCode: exitCodes.usage },
  EISDIR: { text: 'it is a folder, not a file', exitCode: exitCodes.usage },
  ENOTDIR: { text: 'a part of the path is not a folder', exitCode: exitCodes.usage },
  EADDRINUSE: { text: 'the port is taken', exitCode: exitCodes.unavailable },
  ECONNREFUSED: { text: 'nobody answers there', exitCode: exitCodes.unavailable },
  ENOTFOUND: { text: 'there is no host of that name', exitCode: exitCodes.unavailable },
  ENOSPC: { text: 'no space left on the disk', exitCode: exitCodes.unavailable },
  EROFS: { text: 'the disk is read-only', exitCode: exitCodes.unavailable },
  EMFILE: { text: 'too many open files', exitCode: exitCodes.unavailable },
};

/** Says what went wrong in one line; an error that nobody foresaw is called a bug. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof Problem) return describeProblem(error);
  if (error instanceof CommandError) {
    const { code, message, exitCode, at } = error;
    return { code, message: oneLine(message), exitCode, ...(at !== undefined && { at }) };
  }
  if (error instanceof EmbeddedPostgresError) {
    return { code: error.code, message: oneLine(error.message), exitCode: exitCodes.unavailable };
  }
  if (isWatchError(error)) {
    const isAway = error.code.startsWith('event_store');
    const exitCode = isAway ? exitCodes.unavailable : exitCodes.usage;
    return { code: error.code, message: oneLine(error.message), exitCode };
  }
  return describeSystemError(error as NodeJS.ErrnoException) ?? describeBug(error);
}

/** By its name: most commands do without the watch room, and load nothing of it. */
function isWatchError(error: unknown): error is WatchError {
  return error instanceof Error && error.name === 'WatchError';
}

function describeProblem(problem: Problem): DescribedError {
  const exitCode =
    problem.status === 503
      ? exitCodes.unavailable
      : problem.status < 500 || problem.code === 'config_invalid'
        ? exitCodes.usage
        : exitCodes.internal;
  return { code: problem.code, message: oneLine(problem.message), exitCode, ...problem.extras };
}

function describeSystemError(error: NodeJS.ErrnoException): DescribedError | undefined {
  const known = systemErrors[error?.code ?? ''];
  if (!known) return undefined;
  const { path, address, port } = error as { path?: string; address?: string; port?: number };
  const subject = path ?? (address === undefined ? error.code : [address, port].filter(Boolean).join(':'));
  return {
    code: String(error.code).toLowerCase(),
    message: `${subject}: ${known.text}`,
    exitCode: known.exitCode,
  };
}

function describeBug(error: unknown): DescribedError {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `unexpected ${oneLine(what)} (a bug; KITH_DEBUG=1 shows where)`;
  return { code: 'internal', message, exitCode: exitCodes.internal };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
