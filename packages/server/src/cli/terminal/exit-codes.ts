/** What the exit codes of every `kith` command mean; documented in `kith --help`. */
export const exitCodes = {
  ok: 0,
  /** It ran, and the answer is no: a ledger that does not verify, a ring found, a batch refused. */
  failed: 1,
  /** The command line or the input is wrong; nothing was done, or what the command says. */
  usage: 2,
  /** Something it needs cannot be had: database, port, disk. Worth trying again later. */
  unavailable: 3,
  /** A bug of ours (sysexits.h EX_SOFTWARE). */
  internal: 70,
  /** Stopped by Ctrl-C, as shells count it: 128 + SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
