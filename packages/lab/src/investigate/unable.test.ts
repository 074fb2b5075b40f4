import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('../../../server/src/cli/investigate.ts', import.meta.url));
const nobody = 65_534;

/** Node, told that the optional package is not there. */
const withoutChdb = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module';
registerHooks({ resolve: (name, context, next) => {
  if (/^(chdb|@chdb[/])/.test(name)) throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' });
  return next(name, context);
} });`)}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-unable-'));
  await chmod(folder, 0o777);
  await writeFile(join(folder, 'log.ndjson'), '{"user_id":"a","ts":1790812800}\n');
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  code: number | null;
  stdout: string;
  last: string | undefined;
}

function kith(args: readonly string[], options: { uid?: number; flags?: string[] } = {}): Promise<Ended> {
  const { uid, flags = [] } = options;
  const child = spawn(process.execPath, [...flags, cli, 'investigate', ...args], {
    env: { PATH: process.env.PATH, TMPDIR: folder, HOME: folder },
    cwd: folder,
    ...(uid === undefined ? {} : { uid }),
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      said[name] += chunk;
    });
  return new Promise((resolve) =>
    child.on('close', (code) =>
      resolve({ code, stdout: said.stdout, last: said.stderr.trimEnd().split('\n').at(-1) }),
    ),
  );
}

describe('kith investigate, where it cannot work', () => {
  it('says which package is missing, how large it is and how to get it', async () => {
    const { code, stdout, last } = await kith(['log.ndjson'], { flags: ['--import', withoutChdb] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(last).toMatch(/^kith: .*optional package "chdb" \(about 550 MB\).*npm install chdb/);
    expect(await readdir(folder)).toEqual(['log.ndjson']);
  });

  it.skipIf(process.platform === 'win32')('says that a log may not be read, and which', async () => {
    const log = join(folder, 'secret.ndjson');
    await writeFile(log, '{}');
    await chmod(log, 0);
    // Root may read everything.
    const ended = await kith(['secret.ndjson'], process.getuid?.() === 0 ? { uid: nobody } : {});
    expect(ended).toEqual({ code: 2, stdout: '', last: 'kith: secret.ndjson may not be read by you' });
    await rm(log);
  });

  it('knows countries, and says so of a region that is none', async () => {
    const { code, last } = await kith(['log.ndjson', '--region', 'XX']);
    expect({ code, last }).toEqual({
      code: 2,
      last: 'kith: --region: no country is called "XX" (GB, IN, US, …)',
    });
  });
});
