import { PassThrough } from 'node:stream';
import { WatchError } from '@kith/detection';
import { Problem } from '@kith/protocol';
import { Command } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { EmbeddedPostgresError } from '../../postgres/embedded/index.ts';
import { CommandError, exitCodes, overrideExits, type RunCommandOptions, runCommand } from './index.ts';

async function outcome(work: Parameters<typeof runCommand>[0], options: RunCommandOptions = {}) {
  const stderr = new PassThrough();
  await runCommand(work, { ...options, stderr });
  return { exitCode: process.exitCode, text: String(stderr.read() ?? '') };
}

const fail = (error: unknown) => () => Promise.reject(error);

describe('runCommand', () => {
  afterEach(() => {
    process.exitCode = 0;
  });

  it('exits with what the command returns, and 0 for nothing', async () => {
    expect(await outcome(() => undefined)).toEqual({ exitCode: 0, text: '' });
    expect(await outcome(() => exitCodes.failed)).toEqual({ exitCode: 1, text: '' });
  });

  it('puts a problem of the input in one line that begins with its place', async () => {
    const problem = new Problem('body_invalid', 'no such\n  column', { at: 'book.csv:3:7' });
    expect(await outcome(fail(problem))).toEqual({
      exitCode: 2,
      text: 'kith: book.csv:3:7: no such column\n',
    });
  });

  it('tells what may come back from what will not', async () => {
    expect((await outcome(fail(new Problem('database_unavailable')))).exitCode).toBe(3);
    expect((await outcome(fail(new EmbeddedPostgresError('data_in_use', 'taken')))).exitCode).toBe(3);
    expect((await outcome(fail(new CommandError('flag_unknown', 'no')))).exitCode).toBe(2);
    expect((await outcome(fail(new WatchError('event_store_unavailable', 'away')))).exitCode).toBe(3);
    expect((await outcome(fail(new WatchError('network_file_invalid', 'no')))).exitCode).toBe(2);
    expect((await outcome(fail(new Problem('config_invalid', 'PORT is none')))).exitCode).toBe(2);
  });

  it('takes a wrong option of any command for a mistake in the call', async () => {
    const quiet = new Command('below').configureOutput({ writeErr: () => {} }).action(() => {});
    const kith = overrideExits(new Command('kith').addCommand(new Command('plan').addCommand(quiet)));
    const called = await outcome(async () => {
      await kith.parseAsync(['plan', 'below', '--bogus'], { from: 'user' });
    });
    expect(called.exitCode).toBe(exitCodes.usage);
  });

  it('names the file or the address that the system complains of', async () => {
    const missing = Object.assign(new Error('raw'), { code: 'ENOENT', path: '/no/where' });
    expect(await outcome(fail(missing))).toEqual({
      exitCode: 2,
      text: 'kith: /no/where: there is no such file or folder\n',
    });
    const taken = Object.assign(new Error('raw'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 8080 });
    expect(await outcome(fail(taken))).toEqual({
      exitCode: 3,
      text: 'kith: 127.0.0.1:8080: the port is taken\n',
    });
  });

  it('says it in JSON with --json', async () => {
    const problem = new Problem('too_many_requests', 'later', { retryAfterSecs: 7 });
    const { text } = await outcome(fail(problem), { json: true });
    expect(JSON.parse(text)).toEqual({
      error: { code: 'too_many_requests', message: 'later', retryAfterSecs: 7 },
    });
  });

  it('shows no stack trace even of a bug', async () => {
    const { exitCode, text } = await outcome(fail(new TypeError('x is not a function')));
    expect(exitCode).toBe(70);
    expect(text).toBe('kith: unexpected TypeError: x is not a function (a bug; KITH_DEBUG=1 shows where)\n');
  });
});
