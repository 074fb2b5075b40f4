import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A failure that a command foresees: one clear line for a person, a code for scripts. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** Stable, snake_case. */
  readonly code: string;
  readonly exitCode: ExitCode;
  /** Where the input is wrong: `file:line:column`. */
  readonly at: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { exitCode?: ExitCode; at?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.exitCode = options.exitCode ?? exitCodes.usage;
    this.at = options.at;
  }
}
