import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { MemberLine } from '@kith/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { number, startTestHall, type TestHall } from '../../testing.ts';
import { batchLines, importMembers } from './import.ts';

let hall: TestHall;
let serviceKey: string;
let next = 0;

beforeAll(async () => {
  hall = await startTestHall();
  serviceKey = await hall.createServiceKey('import');
});
afterAll(() => hall.stop());

const freshId = () => {
  next += 1;
  return `i${next}`;
};
const memberLine = (id: string, extra: Partial<MemberLine> = {}) => ({
  id,
  card: { name: 'A', handle: 'a' },
  ...extra,
});

function post(body: RequestInit['body'] | ReadableStream, init: RequestInit = {}) {
  return fetch(`${hall.origin}/v1/members/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/x-ndjson' },
    body: body as RequestInit['body'] & {},
    duplex: 'half',
    ...init,
  } as RequestInit);
}

/** The lines of the answer, parsed. */
async function load(lines: readonly (object | string)[]): Promise<Record<string, unknown>[]> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const response = await post(text);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  return (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that somebody still holds. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const get = async (id: string) => (await hall.host('GET', `/v1/members/${encodeURIComponent(id)}`)).body;
const sums = (lines: number, imported: number, failed = 0, skipped = 0) => ({
  lines,
  imported,
  failed,
  skipped,
});

describe('importing members', () => {
  it('stores them as single calls would, and sums up in the last line', async () => {
    const [a, b] = [freshId(), freshId()];
    const given = {
      phone: number(1),
      phoneVerifiedAt: '2025-01-01T00:00:00.000Z',
      discoverable: 'anyone' as const,
      createdAt: '2020-01-01T00:00:00.000Z',
    };
    expect(await load([memberLine(a, given), memberLine(b)])).toEqual([
      sums(2, 2),
      { done: true, ...sums(2, 2) },
    ]);
    expect(await get(a)).toMatchObject(given);
    expect(await get(b)).toMatchObject({
      phone: null,
      discoverable: 'nobody',
      suspended: false,
      canary: false,
    });
  });

  it('reports progress after each batch', async () => {
    const answer = await load(Array.from({ length: batchLines + 1 }, () => memberLine(freshId())));
    expect(answer).toEqual([
      sums(batchLines, batchLines),
      sums(batchLines + 1, batchLines + 1),
      { done: true, ...sums(batchLines + 1, batchLines + 1) },
    ]);
  });

  it('takes nothing for nothing', async () => {
    expect(await load([])).toEqual([{ done: true, ...sums(0, 0) }]);
    expect(await load(['', '\r', ''])).toEqual([{ done: true, ...sums(0, 0) }]);
  });

  it('stores texts exactly, whatever COPY makes of them', async () => {
    const id = 'tab\there \\N \\x41 "quoted"\nline\r\u2028 🦊';
    const card = { name: '\\N', handle: '\\\\.\t\n\r\b', avatarUrl: 'https://example.com/\\n' };
    await load([{ id, card }]);
    expect(await get(id)).toMatchObject({ id, card });
  });

  it('changes members that exist, and keeps what their lines leave out', async () => {
    const id = freshId();
    await hall.member(id, { phone: number(2), discoverable: 'anyone' });
    const fresh = freshId();
    await load([memberLine(id, { card: { name: 'New', handle: 'new' } }), memberLine(fresh)]);
    expect(await get(id)).toMatchObject({ phone: number(2), discoverable: 'anyone', card: { name: 'New' } });
    expect(await get(fresh)).toMatchObject({ id: fresh });
  });

  it('gives a number to the newest verification, inside a batch and across', async () => {
    const [old, newer, third] = [freshId(), freshId(), freshId()];
    await load([
      memberLine(newer, { phone: number(3), phoneVerifiedAt: '2025-02-01T00:00:00Z' }),
      memberLine(third, { phone: number(3), phoneVerifiedAt: '2025-03-01T00:00:00Z' }),
    ]);
    expect((await get(newer)).phone).toBe(null);
    expect((await get(third)).phone).toBe(number(3));
    const answer = await load([
      memberLine(old, { phone: number(3), phoneVerifiedAt: '2025-01-01T00:00:00Z' }),
    ]);
    expect(answer[0]).toMatchObject({ line: 1, code: 'phone_taken' });
    expect(answer.at(-1)).toEqual({ done: true, ...sums(1, 0, 1) });
  });

  it('lets the last of several lines of one member stand', async () => {
    const id = freshId();
    const answer = await load([
      memberLine(id, { discoverable: 'anyone' }),
      memberLine(id, { discoverable: 'mutual' }),
    ]);
    expect(answer.at(-1)).toEqual({ done: true, ...sums(2, 2) });
    expect(await get(id)).toMatchObject({ discoverable: 'mutual' });
  });

  it('leaves the same behind on the fast way and on the slow one', async () => {
    const life = (id: string, phone: string) => [
      memberLine(`${id}-open`, { phone, phoneVerifiedAt: '2025-01-01T00:00:00Z', discoverable: 'anyone' }),
      memberLine(`${id}-plain`, {
        card: { name: 'N', handle: 'h', avatarUrl: 'https://example.com' },
        canary: true,
      }),
      memberLine(`${id}-old`, { createdAt: '2020-05-05T00:00:00Z', discoverable: 'mutual' }),
    ];
    await load(life('fast', number(10)));
    // A line that repeats an id sends its whole batch the slow way.
    const twice = memberLine(freshId());
    await load([...life('slow', number(11)), twice, twice]);
    const rowsOf = async (prefix: string, phone: string) => {
      const { database, keyring } = hall.context;
      const rows = await database.query<
        Record<string, unknown> & { phone_sealed: Buffer | null; member_id: string }
      >(
        `select m.*, d.verified_at, d.open, l.kind, l.body, l.at, l.other_id
         from members m left join directory d on d.member_id = m.member_id join ledger l on l.member_id = m.member_id
         where m.member_id like $1 order by m.member_id`,
        [`${prefix}-%`],
      );
      return rows.map(({ member_id, phone_sealed, phone_tag, ...row }) => ({
        ...row,
        id: member_id.slice(5),
        number: phone_sealed && keyring.openNumber(phone_sealed, member_id) === phone,
        tag: phone_tag && keyring.tag('directory', phone).equals(phone_tag as Buffer),
      }));
    };
    const fast = await rowsOf('fast', number(10));
    expect(fast).toHaveLength(3);
    expect(await rowsOf('slow', number(11))).toEqual(fast);
  });
});

describe('a broken line', () => {
  const broken: [string, object | string, object][] = [
    ['that is not JSON', '{"id":"x"', { code: 'body_invalid', column: 10 }],
    [
      'with a field that is wrong',
      { id: 'x', card: { name: 'A', handle: 'a' }, discoverable: 'all' },
      { code: 'body_invalid' },
    ],
    ['with a number that is none', memberLine('x', { phone: '+1201555' }), { code: 'phone_invalid' }],
    [
      'with a time that is none',
      memberLine('x', { createdAt: '2016-12-31T23:59:60Z' }),
      { code: 'body_invalid' },
    ],
    ['with an id that cannot be', memberLine('\0'), { code: 'member_id_invalid' }],
    ['with NUL in its card', { id: 'x', card: { name: 'a\0', handle: 'a' } }, { code: 'body_invalid' }],
    ['of a megabyte', memberLine('x'.repeat(1_000_000)), { code: 'body_invalid' }],
  ];

  it.each(broken)(
    '%s is named, its batch stores nothing, the others are stored',
    async (_, line, problem) => {
      const before = Array.from({ length: batchLines }, () => memberLine(freshId()));
      const around = [memberLine(freshId()), memberLine(freshId())];
      const answer = await load([...before, around[0]!, line, around[1]!]);
      expect(answer).toMatchObject([
        sums(batchLines, batchLines),
        { line: batchLines + 2, ...problem },
        sums(batchLines + 3, batchLines, 1, 2),
        { done: true, ...sums(batchLines + 3, batchLines, 1, 2) },
      ]);
      expect(await get(before[0]!.id)).toMatchObject({ id: before[0]!.id });
      for (const { id } of around) expect(await get(id)).toMatchObject({ code: 'member_unknown' });
      expect(JSON.stringify(answer)).not.toContain('+1201555');
    },
  );

  it('does not hide the others of its batch', async () => {
    const answer = await load(['x', memberLine(freshId()), memberLine('y', { phone: 'pizza' }), 'z']);
    expect(answer.filter((line) => line.code).map(({ line }) => line)).toEqual([1, 4]);
    expect(answer.at(-1)).toEqual({ done: true, ...sums(4, 0, 2, 2) });
  });
});

describe('the stream of an import', () => {
  it('may be broken off by the client: whole batches stay, and the service goes on', async () => {
    const prefix = `${freshId()}-`;
    const abort = new AbortController();
    async function* unfinished() {
      const lines = Array.from({ length: 2 * batchLines + 500 }, (_, index) => memberLine(prefix + index));
      yield Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      await new Promise(() => {});
    }
    const answer = post(ReadableStream.from(unfinished()), { signal: abort.signal })
      .then((response) => response.text())
      .catch((error: Error) => error.name);
    const count = async () => {
      const rows = await hall.context.database.query(`select 1 from members where member_id like $1`, [
        `${prefix}%`,
      ]);
      return rows.length;
    };
    await expect.poll(count, { timeout: 20_000 }).toBe(2 * batchLines);
    abort.abort();
    expect(await answer).toBe('AbortError');
    expect((await load([memberLine(freshId())])).at(-1)).toMatchObject({ done: true });
    expect(await count()).toBe(2 * batchLines);
  });

  it('is of its own type: another is refused before anything is read', async () => {
    for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
      const headers = { authorization: `Bearer ${serviceKey}`, 'content-type': type };
      const response = await post('{}', { headers });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ code: 'media_type_unsupported' });
    }
    const none = await hall.host('POST', '/v1/members/import');
    expect(none).toMatchObject({ status: 415, body: { code: 'media_type_unsupported' } });
  });

  it('ends with what is stored and why, without `done`, when the service cannot go on', async () => {
    async function* failing() {
      for (let index = 0; index < batchLines; index += 1) {
        yield Buffer.from(`${JSON.stringify(memberLine(freshId()))}\n`);
      }
      throw new Error('the secret reason');
    }
    const lines = [];
    for await (const line of importMembers(hall.context, Readable.from(failing())))
      lines.push(JSON.parse(line));
    expect(lines).toEqual([
      sums(batchLines, batchLines),
      { ...sums(batchLines, batchLines), code: 'internal', detail: 'Something went wrong on our side' },
    ]);
  });

  it('keeps nothing of a line that never ends', async () => {
    let kept = 0;
    async function* endless() {
      const before = memoryInUse();
      for (let index = 0; index < 1_500; index += 1) yield Buffer.alloc(64 * 1024, 'x');
      kept = memoryInUse() - before;
    }
    const lines = [];
    for await (const line of importMembers(hall.context, Readable.from(endless(), { highWaterMark: 1 })))
      lines.push(JSON.parse(line));
    expect(lines[0]).toMatchObject({ line: 1, code: 'body_invalid' });
    // It was 94 MB long; what is let go of takes a moment to be gone.
    expect(kept).toBeLessThan(48 * 1024 * 1024);
  });

  it('needs no more memory as it goes on', async () => {
    const padding = 'p'.repeat(150);
    const line = (index: number) =>
      `${JSON.stringify({ id: `big${index}`, card: { name: padding, handle: 'a', avatarUrl: `https://${padding}` } })}\n`;
    async function* stream(count: number) {
      for (let index = 0; index < count; index += 500) {
        // Every batch holds a line that is not JSON: reading is what is measured here, and storing would take minutes.
        const lines = Array.from({ length: 500 }, (_, at) => (at === 0 ? '{"\n' : line(index + at)));
        yield Buffer.from(lines.join(''));
      }
    }
    const inUse: number[] = [];
    let answers = 0;
    for await (const _ of importMembers(hall.context, Readable.from(stream(200_000), { highWaterMark: 1 }))) {
      answers += 1;
      if (answers % 50 === 0) inUse.push(memoryInUse());
    }
    expect(inUse.length).toBeGreaterThan(5);
    // The stream is 80 MB long, and more than that again as members.
    expect(inUse.at(-1)! - inUse[0]!).toBeLessThan(10 * 1024 * 1024);
  });
});
