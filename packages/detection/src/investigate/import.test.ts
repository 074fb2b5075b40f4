import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Networks } from '../network/index.ts';
import { type ChdbEngine, chdbReason, openTestChdb, withChdb } from '../testing/events.ts';
import { dialPlanOf } from './calling-codes.ts';
import { parseMapping } from './fields.ts';
import { type Imported, type ImportOptions, importLogs } from './import.ts';
import type { Only } from './import-sql.ts';
import { openLog } from './open-log.ts';

const now = Date.UTC(2026, 10, 1);
const at = Date.UTC(2026, 9, 1);
const networks: Networks = {
  ready: Promise.resolve(),
  sources: [],
  lookup: (ip) => ({ kind: 'residential', prefix: `${ip}/x`, country: 'US', asn: 64_500 }),
};

describe.skipIf(!withChdb)(`reading logs into the engine${chdbReason}`, () => {
  let engine: ChdbEngine;
  let root: string;
  let runs = 0;

  beforeAll(async () => {
    engine = await openTestChdb();
    root = await mkdtemp(join(tmpdir(), 'kith-import-test-'));
  });
  afterAll(async () => {
    await engine.close();
    await rm(root, { recursive: true });
  });

  interface How {
    map?: string;
    only?: Only[];
    maxBad?: number;
    marksAddresses?: boolean;
    region?: string;
    limits?: ImportOptions['limits'];
  }

  async function read(
    contents: (string | Uint8Array)[] | string | Uint8Array,
    how: How = {},
  ): Promise<Imported> {
    const folder = join(root, String(++runs));
    await mkdir(folder);
    const logs = [];
    for (const [place, content] of (Array.isArray(contents) ? contents : [contents]).entries()) {
      const file = join(folder, `it's {a} log*${place}`);
      await writeFile(file, content);
      const given = how.map === undefined ? {} : parseMapping(how.map);
      const log = await openLog(async () => engine, file, place, { given, only: how.only ?? [], folder });
      if (log) logs.push(log);
    }
    const { only = [], maxBad = 0.05, marksAddresses = false, region, limits } = how;
    return importLogs(engine, logs, networks, {
      maxBad,
      only,
      plan: region === undefined ? undefined : dialPlanOf(region),
      now,
      folder,
      marksAddresses,
      onProgress: () => {},
      ...(limits && { limits }),
    });
  }

  const events = (columns: string): Promise<Record<string, unknown>[]> =>
    engine.query(`SELECT ${columns} FROM imported.events ORDER BY member, at, ${columns}`);
  const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const some = Array.from({ length: 50 }, (_, i) => ({ user_id: `u${i}`, ts: at + i, contacts: i }));

  describe('forms', () => {
    it('reads JSON lines, nested and dotted names, and the numbers of a list counted', async () => {
      const imported = await read(
        lines([
          { request: { client_ip: '73.1.2.3' }, 'user.id': 'a', ts: '2026-10-01T00:00:00Z', sent: [1, 2, 3] },
          { request: { client_ip: '73.1.9.3' }, 'user.id': 'b', ts: '2026-10-01T02:00:00+02:00', sent: '7' },
        ]),
        { map: 'numbers=sent' },
      );
      expect(imported).toMatchObject({ rows: 2, broken: 0 });
      expect(await events('member, at, numbers_new, prefix, country, toString(network) AS kind')).toEqual([
        { member: 'a', at, numbers_new: 3, prefix: '73.1.2.0/x', country: 'US', kind: 'residential' },
        { member: 'b', at, numbers_new: 7, prefix: '73.1.9.0/x', country: 'US', kind: 'residential' },
      ]);
    });

    it('reads tables with any separator, quotes, two columns of one name, and lines of Windows', async () => {
      const text = [
        'time;user id;user id;note;contacts',
        '1790812800;"o""neil; x";y;"a\nb";5',
        '1790812800;b;y;;6',
        '',
      ];
      await read(text.join('\r\n'));
      expect(await events('member, at, numbers_new')).toEqual([
        { member: 'b', at, numbers_new: 6 },
        { member: 'o"neil; x', at, numbers_new: 5 },
      ]);
    });

    it('reads tables of tabs, of which some are empty, and headers that are no UTF-8', async () => {
      const text = 'Benützer\tts\tnote\tcontacts\n"a\tb"\t1790812800\t\t5\n\t1790812800\tx\t1\n';
      await read(Buffer.from(text, 'latin1'), { map: 'member=Benützer', maxBad: 0.5 });
      expect(await events('member, at, numbers_new')).toEqual([{ member: 'a\tb', at, numbers_new: 5 }]);
    });

    it('reads what the engine writes as Parquet', async () => {
      const file = join(root, 'some.parquet');
      await engine.command(
        `INSERT INTO FUNCTION file('${file}', 'Parquet') SELECT concat('u', toString(number)) AS user_id, toDateTime64(${at / 1000}, 3, 'UTC') AS ts, 4::UInt8 AS contacts FROM numbers(3)`,
      );
      await read(await readFile(file));
      expect(await events('member, at, numbers_new')).toHaveLength(3);
      expect((await events('member, at, numbers_new'))[0]).toEqual({ member: 'u0', at, numbers_new: 4 });
    });

    it('reads access logs: the account from the user, a parameter, the path or a cookie', async () => {
      const line = (user: string, url: string, cookie = '-'): string =>
        `73.1.2.3 - ${user} [01/Oct/2026:02:00:00 +0200] "GET ${url} HTTP/1.1" 200 512 "-" "Mozilla \\"x\\"" "${cookie}"\n`;
      await read(line('bob', '/') + line('-', '/x'));
      expect(await events('member, at, client')).toEqual([
        { member: '73.1.2.3', at, client: 'Mozilla \\"x\\"' },
        { member: 'bob', at, client: 'Mozilla \\"x\\"' },
      ]);
      const text = line('-', '/api/u%2F7/find?id=q%201&phone=%2B14155550100', 'a=1; sid=c9; b=2');
      for (const [column, member] of [
        ['query.id', 'q 1'],
        ['path.2', 'u/7'],
        ['cookie.sid', 'c9'],
      ]) {
        await read(text, { map: `member=${column}` });
        expect(await events('member')).toEqual([{ member }]);
      }
    });

    it('reads gzip and zstd, and files of different forms together', async () => {
      const table = `user_id,ts\n${some.map((row) => `${row.user_id},${row.ts}`).join('\n')}\n`;
      const imported = await read([gzipSync(lines(some)), zstdCompressSync(table), lines(some)]);
      expect(imported.rows).toBe(150);
      // A count that one of the files lacks would read as zero there.
      expect(imported.store.missing.has('numbers_new')).toBe(true);
    });

    it('reads every way to write a time', async () => {
      const times = [
        '2026-10-01T00:00:00Z',
        '2026-10-01 00:00:00',
        '2026-10-01T02:00:00.000+0200',
        at,
        String(at / 1000),
        at * 1000,
        '[01/Oct/2026:00:00:00 +0000]',
        'Thu, 01 Oct 2026 00:00:00 GMT',
      ];
      await read(lines(times.map((ts) => ({ user: 'a', ts }))));
      expect(await events('at')).toEqual(times.map(() => ({ at })));
    });

    it('tells the network of an address however it is written', async () => {
      const addresses = [
        '73.1.2.3',
        '73.1.2.4:5678',
        '73.1.2.5, 10.0.0.1',
        '::ffff:73.1.2.6',
        '2001:db8:7:1::2',
        '[2001:db8:7:2::1]:443',
        'nonsense',
      ];
      await read(lines(addresses.map((ip, i) => ({ user: `u${i}`, ts: at, ip }))), { map: 'ip=ip' });
      const found = (await events('member, prefix')).map(({ prefix }) => prefix);
      expect(found).toEqual([...Array(4).fill('73.1.2.0/x'), ...Array(2).fill('2001:0db8:0007::/x'), '']);
      await read(lines([{ user: 'a', ts: at, ip: '73.1.2.4:1' }]), { marksAddresses: true });
      expect(await events('prefix')).toEqual([{ prefix: '73.1.2.4/x' }]);
    });

    it('leaves out the rows that are not asked for', async () => {
      const rows = ['/contacts/find', '/contacts/add', '/100%_x', '/shop'].map((path) => ({
        user: path,
        ts: at,
        path,
      }));
      await read(lines(rows), {
        only: [
          { column: 'path', wanted: '/contacts/*' },
          { column: 'path', wanted: '/100%_*' },
        ],
      });
      expect((await events('member')).map(({ member }) => member)).toEqual([
        '/100%_x',
        '/contacts/add',
        '/contacts/find',
      ]);
      await expect(read(lines(rows), { only: [{ column: 'path', wanted: '/none' }] })).rejects.toThrow(
        '--only',
      );
    });
  });

  describe('logs of single numbers', () => {
    const lookup = (user: string, phone: string, minute: number, hit = false) => ({
      user,
      phone,
      ts: at + minute * 60_000,
      hit,
    });

    it('adds lookups up to syncs, and sees runs, prefixes, countries and what nobody else asked about', async () => {
      const rows = [
        ...Array.from({ length: 20 }, (_, i) => lookup('list', `+1415555${1000 + i * 7}`, i / 5, i < 3)),
        lookup('list', '+14155551000', 9, true),
        lookup('friend', '+44 7700 900123', 0, true),
        lookup('friend', '+972 50-555-0100', 1),
        lookup('friend', '0014155551007', 30),
      ];
      const imported = await read(lines(rows));
      expect(imported).toMatchObject({ rows: 24, broken: 0 });
      expect(
        await events(
          'member, numbers_new, numbers_repeated, reveals, sketched, solitary, in_runs, number_prefixes, toString(number_country) AS country, number_country_count',
        ),
      ).toEqual([
        {
          member: 'friend',
          numbers_new: 2,
          numbers_repeated: 0,
          reveals: 1,
          sketched: 2,
          solitary: 2,
          in_runs: 0,
          number_prefixes: 2,
          country: 'GB',
          number_country_count: 1,
        },
        {
          member: 'friend',
          numbers_new: 1,
          numbers_repeated: 0,
          reveals: 0,
          sketched: 1,
          solitary: 0,
          in_runs: 0,
          number_prefixes: 1,
          country: 'US',
          number_country_count: 1,
        },
        {
          member: 'list',
          numbers_new: 20,
          numbers_repeated: 1,
          reveals: 3,
          sketched: 20,
          solitary: 19,
          in_runs: 20,
          number_prefixes: 1,
          country: 'US',
          number_country_count: 20,
        },
      ]);
    });

    it.each([
      ['GB', '07700 900123', '00447700900123', '447700900123', 'GB'],
      ['US', '(415) 555-0123', '1 415 555 0123', '+14155550123', 'US'],
      ['CA', '604-555-0123', '16045550123', '+1 604 555 0123', 'CA'],
      ['RU', '8 912 345-67-89', '9123456789', '+79123456789', 'RU'],
      ['KZ', '87012345678', '7012345678', '+77012345678', 'KZ'],
      ['HU', '06 20 123 4567', '201234567', '0036201234567', 'HU'],
      ['IT', '06 1234567', '0039061234567', '+39061234567', 'IT'],
      ['IN', '091234 56789', '9123456789', '+919123456789', 'IN'],
      ['PL', '512345678', '48512345678', '+48 512 345 678', 'PL'],
    ])(
      'reads numbers as they are written in %s where it is told to: all three are one',
      async (region, ...given) => {
        const country = given.pop();
        await read(lines(given.map((phone, i) => lookup('ann', phone, i))), { region });
        expect(await events('numbers_new, numbers_repeated, toString(number_country) AS country')).toEqual([
          { numbers_new: 1, numbers_repeated: 2, country },
        ]);
      },
    );

    it('takes lists of numbers, as JSON or with separators', async () => {
      await read(
        lines([
          { user: 'a', ts: at, contacts: ['+14155550100', '+14155550199'], found: 2 },
          { user: 'b', ts: at, contacts: '+14155550100; +447700900123', found: 1 },
        ]),
      );
      expect(await events('member, numbers_new, reveals, solitary')).toEqual([
        { member: 'a', numbers_new: 2, reveals: 2, solitary: 1 },
        { member: 'b', numbers_new: 2, reveals: 1, solitary: 1 },
      ]);
    });

    it('takes a constant where every row is one lookup of a number that is not there', async () => {
      await read(
        lines([
          { user: 'a', ts: at },
          { user: 'a', ts: at + 1 },
        ]),
        { map: 'numbers=1' },
      );
      expect(await events('numbers_new')).toEqual([{ numbers_new: 1 }, { numbers_new: 1 }]);
    });

    it('keeps no number anywhere in the tables', async () => {
      await read(lines([lookup('a', '+14155550123', 0), lookup('b', '+447700900123', 0)]));
      const rows = JSON.stringify(await engine.query('SELECT * FROM imported.events'));
      expect(rows).toContain('"a"');
      expect(rows).not.toContain('5550123');
      expect(rows).not.toContain('7700900123');
    });
  });

  describe('bad days', () => {
    it('counts and quotes broken lines, hides what may be numbers, and escapes what moves a cursor', async () => {
      const bad = [
        'hello \u001b[31m +1 415 555 0100 \u202e',
        '{"ts": 1, "user_id": "x"}',
        '{"user_id": "no time"}',
        '{"ts": 4102444800, "user_id": "late"}',
        '',
      ];
      const imported = await read(lines(some) + bad.join('\n') + lines(some), { maxBad: 0.1 });
      expect(imported).toMatchObject({ rows: 100, broken: 4 });
      expect(imported.reasons.map(({ why }) => why).sort()).toEqual([
        'a time before 1995',
        'a time in the future',
        'no time',
        'not JSON',
      ]);
      const quote = imported.examples.find(({ why }) => why === 'not JSON');
      expect(quote).toMatchObject({ line: 51, text: 'hello \\u001b[31m +… \\u202e' });
    });

    it('refuses a log of which too much is broken, and says what', async () => {
      const text = lines(some) + 'nonsense\n'.repeat(5);
      await expect(read(text)).rejects.toMatchObject({
        code: 'log_too_broken',
        message: expect.stringMatching(/5 of 55 lines .*not JSON: 5.*:51: nonsense/),
      });
      expect((await read(text, { maxBad: 0.2 })).broken).toBe(5);
    });

    it('takes a line of 10 MB, whether it is an event or not, and an object of a hundred thousand names', async () => {
      const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`c${i}`, i]));
      const text = `${lines([{ user_id: 'long', ts: at, x: 'x'.repeat(10_000_000) }, { ...wide, user_id: 'wide', ts: at }, ...some])}${'y'.repeat(10_000_000)}\n`;
      expect(await read(text)).toMatchObject({ rows: 52, broken: 1, examples: [{ line: 53 }] });
    });

    it('reads up to where compressed data was cut short or damaged', async () => {
      const many = Array.from({ length: 4_000 }, (_, i) => ({
        user_id: `user-${(i * 7919) % 613}`,
        ts: at + i * 977,
      }));
      const whole = gzipSync(lines(many));
      const cut = await read([lines(some), whole.subarray(0, whole.length * 0.6)]);
      expect(cut.rows).toBeGreaterThan(1_500);
      expect(cut.rows).toBeLessThan(4_050);
      expect(cut.files[1]?.remarks.join()).toContain('damaged or cut short');
      await expect(read(Buffer.concat([whole.subarray(0, 12), Buffer.alloc(500, 255)]))).rejects.toThrow(
        'damaged from its beginning',
      );
    });

    it('does not unpack a bomb, whether of many lines or of one', async () => {
      const limits = { memoryBytesMax: 100_000_000, unpackedBytesFree: 1_000_000 };
      const rows = Buffer.from(lines([{ ts: at, user_id: 'a' }]).repeat(200_000));
      await expect(read(zstdCompressSync(rows), { limits })).rejects.toThrow(
        'unpacks to more than 100 times its size',
      );
      const line = Buffer.concat([Buffer.from(`${lines(some)}{"x":"`), Buffer.alloc(150_000_000, 65)]);
      await expect(read(line, { limits })).rejects.toThrow('too large to hold in memory');
    });

    it('tells accounts with bytes of Latin-1 apart, and reads UTF-16', async () => {
      const text = 'user_id,ts,contacts\nJosé,1790812800,1\nJosè,1790812800,2\n';
      await read(Buffer.from(text, 'latin1'));
      expect(await events('member')).toEqual([{ member: 'Josè' }, { member: 'José' }]);
      const imported = await read(gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le')));
      expect(await events('member')).toEqual([{ member: 'Josè' }, { member: 'José' }]);
      expect(imported.files[0]?.remarks).toEqual(['written in UTF-16, read as UTF-8']);
    });

    it('says so where the first lines lack a column that was given: it may come later, or be mistyped', async () => {
      const { files } = await read(lines(some), { map: 'numbers=contcats' });
      expect(files[0]?.remarks).toEqual([
        'none of its first lines has "contcats", given for numbers (they have: user_id, ts, contacts)',
      ]);
      expect((await read(lines(some), { map: 'numbers=contacts' })).files[0]?.remarks).toEqual([]);
    });

    it('takes zero bytes and a mark at the beginning, and shortens names of 10,000 letters', async () => {
      const text = `\ufeffuser_id,ts\na\0b,1790812800\n${'n'.repeat(10_000)},1790812800\n`;
      await read(text);
      expect(await events('member')).toEqual([{ member: 'a\0b' }, { member: 'n'.repeat(200) }]);
    });

    it.each([
      [
        'binary',
        Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7919) % 251)),
        'is neither JSON lines',
      ],
      ['a JSON array', '[{"user_id": 1}]', 'is a JSON array'],
      ['a zip file', Buffer.from('PK\u0003\u0004xxxxxx'), 'is packed with zip'],
      ['a broken Parquet file', 'PAR1nonsensePAR1', 'is damaged'],
      ['a table without an account', 'a,b\n1,2\n', 'no column looks like member or at'],
      [
        'a million columns',
        `${Array.from({ length: 1_000_000 }, (_, i) => i).join(',')}\n`,
        'more than 1 MB',
      ],
      ['a header and nothing else', 'user_id,ts\n', 'hold no lines'],
    ])('says in one line what is wrong with %s', async (_, content, words) => {
      await expect(read(content)).rejects.toMatchObject({ message: expect.stringContaining(words) });
    });
  });
});
