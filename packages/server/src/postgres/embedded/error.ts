export type EmbeddedPostgresErrorCode =
  /** There is no PostgreSQL for this platform among the installed packages, or it does not run here. */
  | 'postgres_missing'
  /** Somebody else is running on this data folder. */
  | 'data_in_use'
  /** The data folder was made by another major version. */
  | 'data_version'
  /** The data folder cannot be made, read or written by the user that has to. */
  | 'data_unwritable'
  | 'disk_full'
  /** PostgreSQL itself refused; the message is its own. */
  | 'postgres_failed';

/** Why the embedded database did not start: one clear line, with a code to branch on. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The user's way past most of these. */
export const useOwnDatabase = 'or set DATABASE_URL to a PostgreSQL 15 or newer of your own';

/** What PostgreSQL (SQLSTATE) and the system say when there is no room. */
const noRoom = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** What the system says of a place that cannot be used; Node calls a read-only one ENOENT when it makes folders. */
const noAccess = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT']);

/** Turns an error of the file system into the clear line about `path`; other errors pass through. */
export function fileSystemError(error: unknown, path: string): unknown {
  const code = String((error as NodeJS.ErrnoException).code);
  if (noRoom.has(code)) {
    return new EmbeddedPostgresError('disk_full', `No space left on the disk that holds ${path}`, {
      cause: error,
    });
  }
  if (noAccess.has(code)) {
    return new EmbeddedPostgresError(
      'data_unwritable',
      `The data folder ${path} cannot be written (${code}); change its owner, choose another, ${useOwnDatabase}`,
      { cause: error },
    );
  }
  return error;
}

/**
 * Another server holds the cluster, or did a moment ago: its lock, its workers, or the folder of its socket, which it
 * was about to remove when we had just made sure that it is there.
 */
const held =
  /lock file .* (already exists|is empty)|pre-existing shared memory block|could not create lock file .*No such file/;

/** Finds the reason in what PostgreSQL's own programs printed. */
export function errorFromOutput(output: string, dataDir: string): EmbeddedPostgresError {
  if (/No space left on device|Disk quota exceeded|Check free disk space/.test(output)) {
    return new EmbeddedPostgresError('disk_full', `No space left on the disk that holds ${dataDir}`);
  }
  if (held.test(output)) {
    return dataInUse(dataDir, 'another process');
  }
  if (
    /Permission denied|Read-only file system|has wrong ownership|could not change permissions/.test(output)
  ) {
    return new EmbeddedPostgresError(
      'data_unwritable',
      `The data folder ${dataDir} cannot be used: ${reason(output)}; choose another, ${useOwnDatabase}`,
    );
  }
  return new EmbeddedPostgresError(
    'postgres_failed',
    `The embedded PostgreSQL did not start: ${reason(output)}; see ${dataDir}/postgres.log, ${useOwnDatabase}`,
  );
}

export function dataInUse(dataDir: string, holder: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'data_in_use',
    `The data folder ${dataDir} is already in use by ${holder}; stop that one first, or choose another folder`,
  );
}

/** The last line that names a failure, without time and process id. */
function reason(output: string): string {
  const lines = output.split('\n').filter((line) => /FATAL:|PANIC:|error:|cannot|could not/i.test(line));
  const last = lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '';
  return last.replace(/^.*?(FATAL|PANIC|error):\s*/, '').trim() || 'it ended without a word';
}
