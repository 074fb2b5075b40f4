import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chdbInstalled } from '@kith/detection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessLog } from './access-log.ts';
import { isOfRing, type LoggedSync, lineOf, oldLog } from './old-log.ts';

const cli = fileURLToPath(new URL('../../../server/src/cli/investigate.ts', import.meta.url));
const why = chdbInstalled() ? '' : ' (skipped: the optional package chdb is not installed)';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe.skipIf(why !== '')(`kith investigate${why}`, () => {
  let folder: string;
  /** Where the command keeps what it needs while it runs. */
  let scratch: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-old-logs-'));
    scratch = join(folder, 'tmp');
    await mkdir(scratch);
  });
  afterAll(() => rm(folder, { recursive: true }));

  function start(args: readonly string[]): ChildProcess {
    const env = { PATH: process.env.PATH, TMPDIR: scratch };
    return spawn(process.execPath, [cli, 'investigate', ...args], { env, cwd: folder });
  }

  async function kith(args: readonly string[], stdin = ''): Promise<Ended> {
    const child = start(args);
    child.stdin?.end(stdin);
    return ended(child);
  }

  function ended(child: ChildProcess): Promise<Ended> {
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.on('data', (chunk) => {
        said[name] += chunk;
      });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  }

  interface Document {
    rings: { id: string; members: { member: string; flagged: boolean }[]; origins: { country: string }[] }[];
    lone: unknown[];
    whoElse: { ring: string; nobody: boolean; matches: { member: string }[]; searched: object }[];
    silent: { id: string }[];
  }
  const documentOf = async (out: string): Promise<Document> =>
    JSON.parse(await readFile(join(folder, out, 'rings.json'), 'utf8')) as Document;
  const flagged = ({ rings }: Document): string[] =>
    rings.flatMap(({ members }) => members.filter((each) => each.flagged).map(({ member }) => member)).sort();

  it('finds the ring of three countries among honest people, carrier and campus, and nobody else', async () => {
    const syncs = [...oldLog({ seed: 1, honest: 900, ring: 45 })];
    await writeFile(join(folder, 'old.ndjson'), syncs.map(lineOf).join(''));
    const { code, stdout, stderr } = await kith(['old.ndjson', '--out', 'found', '--like', 'all']);
    expect(code).toBe(1);
    expect(stderr).toContain('member=user_id (by its name)');
    expect(stdout).toContain('1 ring of 45 accounts');
    const document = await documentOf('found');
    expect(document.rings).toHaveLength(1);
    expect(flagged(document)).toEqual(
      syncs
        .map(({ user }) => user)
        .filter(isOfRing)
        .filter((user, i, all) => all.indexOf(user) === i)
        .sort(),
    );
    expect(new Set(document.rings[0]?.origins.map(({ country }) => country))).toEqual(
      new Set(['IR', 'IL', 'MY']),
    );
    expect(document.whoElse).toMatchObject([
      { ring: document.rings[0]?.id, nobody: true, searched: { members: 945 } },
    ]);
    const html = await readFile(join(folder, 'found', 'report.html'), 'utf8');
    expect(html).toContain('Searched, nobody');
    expect(html).not.toMatch(/(?:src|href)=["']?https?:|<script|@import|url\(/);
  });

  it('finds the same rings whatever the order of the rows and however they are spread over files', async () => {
    const lines = (await readFile(join(folder, 'old.ndjson'), 'utf8')).trimEnd().split('\n');
    const shuffled = lines
      .map((text, i) => ({ text, key: (i * 7_919) % lines.length }))
      .sort((a, b) => a.key - b.key);
    await mkdir(join(folder, 'parts/deep'), { recursive: true });
    for (const part of [0, 1, 2]) {
      const text = shuffled.filter((_, i) => i % 3 === part).map((each) => `${each.text}\n`);
      await writeFile(
        join(folder, part === 0 ? 'parts/deep/z.log.gz' : `parts/${part}.log.gz`),
        gzipSync(text.join('')),
      );
    }
    await writeFile(join(folder, 'parts/empty.log'), '');
    const { code, stdout, stderr } = await kith(['parts', '--out', 'again', '--json']);
    expect(code).toBe(1);
    expect(stderr).toContain('empty, passed over');
    const rounded = (document: Document): string =>
      JSON.stringify(document.rings, (_, value) =>
        typeof value === 'number' ? Number(value.toPrecision(5)) : value,
      );
    expect(rounded(JSON.parse(stdout) as Document)).toBe(rounded(await documentOf('found')));
  });

  it('finds who else did it in another log, and keeps the name of a ring', async () => {
    const other = [...oldLog({ seed: 1, honest: 900, ring: 45 })].filter(
      ({ user }) => !isOfRing(user) || Number(user.slice(1)) >= 30,
    );
    const { code } = await kith(
      ['-', '--out', 'other', '--like', `found/rings.json#${(await documentOf('found')).rings[0]?.id}`],
      other.map(lineOf).join(''),
    );
    expect(code).toBe(1);
    const document = await documentOf('other');
    expect(flagged(document)).toHaveLength(15);
    expect(document.whoElse[0]?.nobody).toBe(true);
  });

  it('works with the numbers alone, one lookup a row', async () => {
    const syncs = [...oldLog({ seed: 3, honest: 300, ring: 12, days: 12 })];
    const rows = syncs.flatMap(({ at, user, numbers, found }) =>
      numbers.map(
        (number, i) => `${Math.floor(at / 1000) + Math.floor(i / 5)},${user},${number},${i < found}`,
      ),
    );
    await writeFile(join(folder, 'lookups.csv'), `time,account,phone,hit\n${rows.join('\n')}\n`);
    const { code, stdout } = await kith(['lookups.csv', '--out', 'lookups']);
    expect({ code, unused: stdout.includes('Not used') }).toEqual({ code: 1, unused: true });
    const found = flagged(await documentOf('lookups'));
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(found.every(isOfRing)).toBe(true);
    for (const output of await readdir(join(folder, 'lookups'))) {
      const text = await readFile(join(folder, 'lookups', output), 'utf8');
      expect(text).not.toContain(syncs.at(-1)?.numbers[0]?.slice(2));
    }
  });

  it('finds nothing in the access log of an ordinary shop', async () => {
    await writeFile(join(folder, 'access.log'), [...accessLog({ seed: 5, visitors: 800 })].join(''));
    const { code, stdout, stderr } = await kith(['access.log*', '--out', 'shop']);
    expect(stderr).toContain('each address stands for an account');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('No ring was found') });
    expect(await readFile(join(folder, 'shop', 'accounts.csv'), 'utf8')).toMatch(/^ring,account/);
  });

  it('ends in one line where something is wrong, leaving nothing behind', async () => {
    await writeFile(join(folder, 'taken'), '');
    for (const [args, words] of [
      [['absent.log'], 'does not exist'],
      [['taken'], 'empty'],
      [['old.ndjson', '--out', 'taken/x'], 'is no folder'],
      [['old.ndjson', '--map', 'member=nope,colour=x'], 'no field is called "colour"'],
      [['old.ndjson', '--known', 'taken'], 'is no rings.json'],
      [['old.ndjson', '--like', 'absent.json#ring-1'], 'absent.json does not exist'],
      [['old.ndjson', '--max-bad', '5'], '--max-bad: a share is 0 to 1'],
    ] as const) {
      const { code, stdout, stderr } = await kith(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^kith: [^\\n]*${words}[^\\n]*\\n$`));
    }
    expect(await readdir(scratch)).toEqual([]);
  });

  it('stops at Ctrl-C, at once and without a trace', async () => {
    const many = `${lineOf([...oldLog({ seed: 1, honest: 1, ring: 0 })][0] as LoggedSync).repeat(400_000)}`;
    await writeFile(join(folder, 'many.ndjson'), many);
    const child = start(['many.ndjson', '--out', 'stopped']);
    const done = ended(child);
    // Once the engine has a folder, it is at work.
    for (
      let i = 0;
      i < 600 && !(await readdir(scratch, { recursive: true })).some((path) => path.endsWith('engine'));
      i++
    )
      await wait(20);
    await wait(300);
    child.kill('SIGINT');
    const { code, stderr } = await done;
    expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 130,
      last: 'kith: stopped; nothing was written',
    });
    expect(await readdir(scratch)).toEqual([]);
    expect(await readdir(folder)).not.toContain('stopped');
  });
});
