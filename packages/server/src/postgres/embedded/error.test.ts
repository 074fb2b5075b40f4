import { describe, expect, it } from 'vitest';
import { errorFromOutput, fileSystemError } from './error.ts';

const stamp = '2026-11-22 21:20:48.365 UTC [19087]';

describe('errorFromOutput', () => {
  it('finds a full disk behind the panic that follows it', () => {
    const output = [
      `${stamp} FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 1`,
      `${stamp} HINT:  Check free disk space.`,
      `${stamp} PANIC:  cannot abort transaction 1, it was already committed`,
    ].join('\n');
    expect(errorFromOutput(output, '/data')).toMatchObject({
      code: 'disk_full',
      message: 'No space left on the disk that holds /data',
    });
  });

  it('takes the lock of another server for what it is', () => {
    const output = `${stamp} FATAL:  lock file "postmaster.pid" already exists`;
    expect(errorFromOutput(output, '/data').code).toBe('data_in_use');
  });

  it('names the data folder when its owner is wrong', () => {
    const output = `${stamp} FATAL:  data directory "/data/cluster" has wrong ownership`;
    expect(errorFromOutput(output, '/data')).toMatchObject({
      code: 'data_unwritable',
      message: expect.stringContaining('data directory "/data/cluster" has wrong ownership'),
    });
  });

  it('otherwise hands on the last failure, without time and process id, in one line', () => {
    const output = `${stamp} LOG:  starting\n${stamp} FATAL:  unrecognized configuration parameter "nonsense"\n`;
    const { code, message } = errorFromOutput(output, '/data');
    expect(code).toBe('postgres_failed');
    expect(message).toMatch(
      /^The embedded PostgreSQL did not start: unrecognized configuration parameter "nonsense";/,
    );
    expect(message).not.toContain('\n');
  });
});

describe('fileSystemError', () => {
  it('makes a clear line of a full and of a closed place, and leaves other errors alone', () => {
    const failure = (code: string) => Object.assign(new Error('raw'), { code });
    expect(fileSystemError(failure('ENOSPC'), '/data')).toMatchObject({ code: 'disk_full' });
    expect(fileSystemError(failure('EROFS'), '/data')).toMatchObject({ code: 'data_unwritable' });
    const other = failure('EMFILE');
    expect(fileSystemError(other, '/data')).toBe(other);
  });
});
