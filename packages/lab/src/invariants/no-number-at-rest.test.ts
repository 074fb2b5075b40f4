import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, type EmbeddedPostgres, startEmbeddedPostgres } from '@kith/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHostClient } from '../harness/host-client.ts';
import { createMemberClient } from '../harness/member-client.ts';
import { runKith, type Spawned, spawnKith } from '../harness/spawned.ts';
import { numberingPlan } from '../population/numbering-plan.ts';

const plan = numberingPlan('GB');
/** One belongs to a member, one is only ever in address books, one waits for budget, one is malformed. */
const planted = {
  owned: '+447911123461',
  saved: '+447911987652',
  waiting: '+447911555739',
  malformed: '+4479115550',
};
const plantedName = 'Ottoline Quixwood';

/** Every form in which a number might lie about unprotected. */
function formsOf(number: string): string[] {
  const digits = number.slice(1);
  const national = number.slice(3);
  const texts = [
    national,
    Buffer.from(national).toString('hex'),
    Buffer.from(national, 'utf16le').toString('hex'),
  ];
  const hashes = [number, digits, national].flatMap((text) =>
    ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) => {
      const hash = createHash(name).update(text).digest();
      // Tags at rest are 16 bytes: a hash that was cut to fit must be found too.
      return [hash.toString('hex').slice(0, 32), hash.toString('base64').slice(0, 20)];
    }),
  );
  return [...texts, Buffer.from(number).toString('base64').slice(4, -4), ...hashes];
}

const secrets = Object.values(planted).flatMap(formsOf);
const foundIn = (text: string) => secrets.filter((secret) => text.includes(secret));

describe('a planted number', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let kith: Spawned;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-planted-'));
    postgres = await startEmbeddedPostgres({ dataDir: folder });
    const env = { DATABASE_URL: postgres.url, KITH_HOME: join(folder, 'home'), LOG_LEVEL: 'trace' };
    kith = await spawnKith(env);
    const { output } = await runKith(['keys', 'create', '--json'], env);
    await live(
      kith.origin,
      (JSON.parse(output.trim().split('\n').at(-1) as string) as { serviceKey: string }).serviceKey,
    );
  });
  afterAll(async () => {
    await kith.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is in no log, at the finest level, errors included', async () => {
    expect(kith.output()).toContain('"level"');
    expect(foundIn(kith.output())).toEqual([]);
    expect(kith.output()).not.toContain('7911');
  });

  it('is in no row of any table, plain, encoded or hashed without a key', async () => {
    const database = new Database({ url: postgres.url });
    try {
      const tables = await database.query<{ name: string }>(
        `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
         where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
      );
      const dump: string[] = [];
      for (const { name } of tables) {
        const rows = await database.query<{ row: string }>(`select t::text as row from ${name} t`);
        dump.push(...rows.map(({ row }) => row));
      }
      const text = dump.join('\n');
      // The same search does find what may be there.
      expect(text).toContain(plantedName);
      expect(dump.length).toBeGreaterThan(1_000);
      expect(foundIn(text)).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('is in no file of the database, its write-ahead log and its own log included', async () => {
    await kith.stop();
    await postgres.stop();
    const needles = Object.values(planted).map((number) => number.slice(3));
    let [files, nameSeen] = [0, false];
    for (const path of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!path.isFile()) continue;
      const bytes = await readFile(join(path.parentPath, path.name));
      files += 1;
      nameSeen ||= bytes.includes(plantedName);
      expect(
        needles.filter((needle) => bytes.includes(needle)),
        path.name,
      ).toEqual([]);
    }
    expect(files).toBeGreaterThan(100);
    expect(nameSeen).toBe(true);
  });

  /** Brings the planted numbers through everything that touches numbers. */
  async function live(origin: string, serviceKey: string): Promise<void> {
    const host = createHostClient(
      () => origin,
      () => serviceKey,
    );
    const as = (id: string) => createMemberClient(origin, () => host.memberToken(id));
    const card = { name: plantedName, handle: 'otto' };
    await host.putMember('otto', { card, phone: planted.owned, discoverable: 'anyone' });
    await host.putMember('ann', {
      card: { name: 'Ann', handle: 'ann' },
      phone: plan.numberAt(1),
      discoverable: 'mutual',
    });
    const refused = [
      host.putMember('bad', { card, phone: planted.malformed }),
      as('ann').putContacts({ numbers: [planted.saved], region: 'QQ' }),
      as('ann').patchContacts({ [planted.saved]: [] } as never),
    ];
    for (const outcome of await Promise.allSettled(refused)) expect(outcome.status).toBe('rejected');
    await as('otto').putContacts({ numbers: [plan.numberAt(1), planted.saved] });
    await as('ann').putContacts({ numbers: [planted.owned, planted.saved, planted.malformed] });
    // More than the lookups budget holds, so that the last ones wait, in whatever form they wait.
    const many = Array.from({ length: 1_200 }, (_, n) => plan.numberAt(1_000 + n));
    const answer = await as('ann').patchContacts({ add: [...many, planted.waiting] });
    expect(answer.waiting).toBeGreaterThan(0);
    await as('ann').patchContacts({ remove: [planted.saved], add: ['07911 987652'], region: 'GB' });
    const line = { id: 'imported', card: { name: 'Im', handle: 'im' }, phone: planted.saved };
    await host.importMembers([line, { ...line, id: 'broken', phone: planted.malformed }]);
    // Let the workers look up, and seal the ledger.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
});
