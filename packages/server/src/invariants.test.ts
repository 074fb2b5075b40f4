import { createHash, createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dumpDatabase, tablesWith } from './dump.testing.ts';
import type { Transaction } from './postgres/database.ts';
import { runLookups } from './reveals/lookups.ts';
import { number, numbers, policyWith, startTestHall, type TestHall } from './testing.ts';

const batchMs = 600_000;

let hall: TestHall;
let next = 0;
let restore = () => {};

beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall.stop());
afterEach(() => restore());

async function someone(discoverable: 'nobody' | 'mutual' | 'anyone' = 'mutual') {
  next += 1;
  const [id, phone] = [`m${String(next).padStart(4, '0')}`, number(next)];
  await hall.member(id, { phone, discoverable });
  return { id, phone };
}

async function nextBatch(): Promise<void> {
  await hall.work();
  hall.clock.advance(batchMs);
  await hall.work();
}

/** Watches, and may stop, every statement inside transactions. */
function onStatement(watch: (text: string) => void): void {
  const { database } = hall.context;
  const original = database.transaction.bind(database);
  database.transaction = (work) =>
    original((tx) => {
      const query = tx.query.bind(tx);
      tx.query = ((text: string, values?: readonly unknown[]) => {
        watch(text);
        return query(text, values);
      }) as Transaction['query'];
      return work(tx);
    });
  restore = () => {
    database.transaction = original;
    restore = () => {};
  };
}

/** What `run` says to the database, as the beginnings of its statements. */
async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  onStatement((text) => statements.push(text.replace(/\s+/g, ' ').slice(0, 80)));
  await run();
  restore();
  return statements;
}

const rows = (sql: string, values: unknown[] = []) => hall.context.database.query(sql, values);

describe('1. no answer to a sync tells whether a number belongs to anyone', () => {
  /** Numbers whose owners differ in everything that must not be felt; the asker is new each time. */
  const cases: [string, (asker: { id: string; phone: string }) => Promise<string>][] = [
    ['nobody', async () => number(2_150)],
    ['one whom anyone may find', async () => (await someone('anyone')).phone],
    ['one who has not saved the asker', async () => (await someone('mutual')).phone],
    ['one who hides', async () => (await someone('nobody')).phone],
    [
      'one who hides and has saved the asker',
      async (asker) => {
        const hidden = await someone('nobody');
        await hall.syncs(hidden.id, [asker.phone]);
        return hidden.phone;
      },
    ],
    [
      'one who had saved the asker, and then hid',
      async (asker) => {
        const hidden = await someone('mutual');
        await hall.syncs(hidden.id, [asker.phone]);
        await hall.as(hidden.id)('PATCH', '/v1/me', { discoverable: 'nobody' });
        return hidden.phone;
      },
    ],
    [
      'one who has saved the asker and lost its number',
      async (asker) => {
        const lost = await someone('mutual');
        await hall.syncs(lost.id, [asker.phone]);
        await hall.host('PUT', `/v1/members/${lost.id}`, { card: { name: 'L', handle: 'l' }, phone: null });
        return lost.phone;
      },
    ],
  ];

  async function ask(owner: (typeof cases)[number][1]) {
    const asker = await someone();
    const phone = await owner(asker);
    const seen: { bytes: string; headers: [string, string][] }[] = [];
    const { token } = await hall.tokens.issue(asker.id);
    const sync = async () => {
      const response = await fetch(`${hall.origin}/v1/me/contacts`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ numbers: [phone] }),
      });
      const headers = [...response.headers].filter(([name]) => name !== 'date');
      seen.push({ bytes: await response.text(), headers });
    };
    await hall.work();
    const statements = [
      await statementsOf(sync),
      await statementsOf(() => runLookups(hall.context)),
      await statementsOf(sync),
    ];
    return { seen, statements };
  }

  it('in its content, its size, or the work behind it', async () => {
    const reference = await ask(cases[0]![1]);
    expect(reference.seen[0]!.bytes).toContain('"new":1');
    for (const [owner, phoneOf] of cases.slice(1)) {
      const { seen, statements } = await ask(phoneOf);
      expect(seen, owner).toEqual(reference.seen);
      expect(statements, owner).toEqual(reference.statements);
    }
  });

  it('and no card says which number led to it', async () => {
    const viewer = await someone();
    const found = [await someone('anyone'), await someone('anyone'), await someone('anyone')];
    for (const { phone } of [...found].reverse()) {
      await hall.as(viewer.id)('PATCH', '/v1/me/contacts', { add: [phone] });
      await hall.work();
      hall.clock.advance(1_000);
    }
    await nextBatch();
    const { people } = (await hall.as(viewer.id)('GET', '/v1/me/people')).body;
    expect(people.map(({ id }: { id: string }) => id)).toEqual(found.map(({ id }) => id));
    expect(new Set(people.map(({ since }: { since: string }) => since)).size).toBe(1);
    for (const person of people) expect(Object.keys(person).sort()).toEqual(['card', 'how', 'id', 'since']);
  });
});

describe('2. a card reaches a member only with a ledger entry in the same transaction', () => {
  const stopAt = (pattern: RegExp) =>
    onStatement((text) => {
      if (pattern.test(text)) throw new Error('killed');
    });
  const between = (viewer: string) =>
    rows(`select 1 from people where viewer_id = $1 or subject_id = $1`, [viewer]);
  const recorded = (viewer: string) =>
    rows(`select 1 from ledger where kind = 'reveal' and (other_id = $1 or member_id = $1)`, [viewer]);

  it.each([/insert into ledger /, /insert into people/])(
    'a meeting that is killed at %s leaves neither',
    async (pattern) => {
      const [ann, bob] = [await someone(), await someone()];
      await hall.syncs(bob.id, [ann.phone]);
      stopAt(pattern);
      expect((await hall.as(ann.id)('PUT', '/v1/me/contacts', { numbers: [bob.phone] })).status).toBe(500);
      restore();
      expect([await between(ann.id), await recorded(ann.id)]).toEqual([[], []]);
      await hall.syncs(ann.id, [bob.phone]);
      expect([(await between(ann.id)).length, (await recorded(ann.id)).length]).toEqual([2, 2]);
    },
  );

  it.each([/insert into ledger /, /insert into people/])(
    'a reveal that is killed at %s leaves neither',
    async (pattern) => {
      const [ann, open] = [await someone(), await someone('anyone')];
      await hall.syncs(ann.id, [open.phone]);
      await hall.work();
      hall.clock.advance(batchMs);
      stopAt(pattern);
      await expect(hall.work()).rejects.toThrow('killed');
      restore();
      expect([await between(ann.id), await recorded(ann.id)]).toEqual([[], []]);
      await hall.work();
      expect([(await between(ann.id)).length, (await recorded(ann.id)).length]).toEqual([1, 1]);
    },
  );

  it('holds for everyone who sees anyone', async () => {
    const unrecorded = await rows(
      `select * from people p where not exists (select 1 from ledger l
         where l.kind = 'reveal' and l.member_id = p.subject_id and l.other_id = p.viewer_id)`,
    );
    expect(unrecorded).toEqual([]);
  });
});

describe('3. whoever hides, or has no number, is revealed to nobody, whatever was queued before', () => {
  const hidings: [string, (id: string) => Promise<unknown>][] = [
    ['chooses nobody', (id) => hall.as(id)('PATCH', '/v1/me', { discoverable: 'nobody' })],
    [
      'loses its number',
      (id) => hall.host('PUT', `/v1/members/${id}`, { card: { name: 'G', handle: 'g' }, phone: null }),
    ],
    ['is erased', (id) => hall.host('DELETE', `/v1/members/${id}`)],
  ];

  it.each(hidings)('who %s', async (_, hide) => {
    const subject = await someone('anyone');
    const [met, found, queued, asked, late] = [
      await someone(),
      await someone(),
      await someone(),
      await someone(),
      await someone(),
    ];
    await hall.syncs(met.id, [subject.phone]);
    await hall.syncs(subject.id, [met.phone, late.phone]);
    await hall.syncs(found.id, [subject.phone]);
    await nextBatch();
    await hall.syncs(queued.id, [subject.phone]);
    await hall.work();
    await hall.syncs(asked.id, [subject.phone]);
    expect(await hall.sees(met.id)).toEqual({ [subject.id]: 'mutual' });
    expect(await hall.sees(found.id)).toEqual({ [subject.id]: 'number' });

    await hide(subject.id);
    const revealed = () =>
      rows(`select 1 from ledger where kind = 'reveal' and member_id = $1`, [subject.id]);
    const before = await revealed();
    await hall.syncs(late.id, [subject.phone]);
    await nextBatch();
    await nextBatch();
    for (const { id } of [met, found, queued, asked, late]) expect(await hall.sees(id)).toEqual({});
    expect(await revealed()).toEqual(before);
    expect(await rows(`select 1 from people where subject_id = $1`, [subject.id])).toEqual([]);
  });
});

describe('4. no number at rest outside the one sealed column', () => {
  it('in any table, in any form; and no tag can be made without the keys', async () => {
    const [ann, bob, open] = [await someone(), await someone(), await someone('anyone')];
    const stranger = number(2_160);
    const put = hall.as(ann.id);
    const headers = {
      'kith-device': ann.phone,
      'user-agent': `agent of ${bob.phone} and +1 (${open.phone.slice(2, 5)}) ${open.phone.slice(5)}`,
    };
    await put('PUT', '/v1/me/contacts', { numbers: [bob.phone, open.phone, stranger] }, headers);
    await hall.syncs(bob.id, [ann.phone]);
    await nextBatch();
    await put('PATCH', '/v1/me/contacts', { add: numbers(900, 3) }, headers);
    const dump = await dumpDatabase(hall.context.database);
    const { keyring } = hall.context;
    for (const phone of [ann.phone, bob.phone, open.phone, stranger]) {
      const digits = phone.slice(1);
      const national = phone.slice(2);
      for (const form of [phone, digits, national, BigInt(digits).toString(16)]) {
        expect(tablesWith(dump, form)).toEqual([]);
      }
      const packed = Buffer.alloc(8);
      packed.writeBigUInt64BE(BigInt(digits));
      expect(tablesWith(dump, packed.subarray(2))).toEqual([]);
      // That the search finds what is there:
      expect(tablesWith(dump, keyring.tag('directory', phone))).not.toEqual(['contacts']);
      for (const tag of guesses(phone, dump)) expect(tablesWith(dump, tag)).toEqual([]);
    }
    expect(tablesWith(dump, keyring.tag('directory', ann.phone))).toEqual(['directory', 'members']);
  });

  /** Every tag that somebody who has the database, and nothing else, could try. */
  function guesses(phone: string, dump: Record<string, string[]>): Buffer[] {
    const keys = (dump.keyring ?? []).flatMap((row) => {
      const wrapped = Buffer.from(/"wrapped": "\\\\x([0-9a-f]*)"/.exec(row)?.[1] ?? '', 'hex');
      return [wrapped, wrapped.subarray(12, -16), wrapped.subarray(-32)];
    });
    const messages = [phone, phone.slice(1), phone.slice(2)];
    const unkeyed = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) =>
      messages.map((message) => createHash(name).update(message).digest()),
    );
    const keyed = [Buffer.alloc(0), Buffer.alloc(32), ...keys].flatMap((key) =>
      messages.map((message) => createHmac('sha256', key).update(message).digest()),
    );
    return [...unkeyed, ...keyed].map((tag) => tag.subarray(0, 16));
  }
});

describe('5. a suspended member learns nothing more, at once', () => {
  const suspend = (id: string) => rows(`update members set suspended_at = now() where member_id = $1`, [id]);
  const refused = { status: 403, body: { code: 'member_suspended' } };

  it('by no call, and nothing that waited for it arrives', async () => {
    const [ann, open, friend] = [await someone(), await someone('anyone'), await someone()];
    await hall.syncs(friend.id, [ann.phone]);
    await hall.syncs(ann.id, [open.phone]);
    await hall.work();
    await hall.syncs(ann.id, [open.phone, number(2_170)]);
    await suspend(ann.id);
    await nextBatch();
    const calls: [string, string, object?][] = [
      ['PUT', '/v1/me/contacts', { numbers: [friend.phone] }],
      ['PATCH', '/v1/me/contacts', { add: [friend.phone] }],
      ['DELETE', '/v1/me/contacts'],
      ['PATCH', '/v1/me', { discoverable: 'anyone' }],
      ['GET', '/v1/me'],
      ['GET', '/v1/me/people'],
      ['GET', '/v1/me/exposure'],
      ['GET', '/v1/me/budget'],
    ];
    for (const [method, path, body] of calls)
      expect(await hall.as(ann.id)(method, path, body)).toMatchObject(refused);
    expect(await rows(`select 1 from people where viewer_id = $1`, [ann.id])).toEqual([]);
  });

  it('and is seen by nobody: not where it was met, not where it was found, not where it was about to be', async () => {
    const late = await someone();
    const [gone, friend, finder, waiter] = [
      await someone('anyone'),
      await someone(),
      await someone(),
      await someone(),
    ];
    await hall.syncs(friend.id, [gone.phone]);
    await hall.syncs(gone.id, [friend.phone, late.phone]);
    await hall.syncs(finder.id, [gone.phone]);
    await nextBatch();
    await hall.syncs(waiter.id, [gone.phone]);
    await hall.work();
    await suspend(gone.id);
    expect(await hall.sees(friend.id)).toEqual({});
    expect(await hall.sees(finder.id)).toEqual({});
    await nextBatch();
    expect(await hall.sees(waiter.id)).toEqual({});
    // Nor does anyone meet it who saves it only now.
    await hall.syncs(late.id, [gone.phone]);
    for (const { id } of [waiter, late]) {
      const shown = await rows(`select 1 from people where viewer_id = $1`, [id]);
      const recorded = await rows(`select 1 from ledger where kind = 'reveal' and other_id = $1`, [id]);
      expect([shown, recorded]).toEqual([[], []]);
    }
  });
});

describe('6. a crash at any point loses no accepted sync and repeats no charge', () => {
  it('whichever statement it strikes', async () => {
    const [ann, friend] = [await someone(), await someone()];
    await hall.syncs(friend.id, [ann.phone]);
    const before = await dumpDatabase(hall.context.database);
    const put = () =>
      hall.as(ann.id)('PUT', '/v1/me/contacts', { numbers: [friend.phone, ...numbers(1_900, 4)] });
    const statements = 60;
    let failures = 0;
    for (let at = 1; at <= statements; at += 1) {
      let count = 0;
      onStatement(() => {
        count += 1;
        if (count === at) throw new Error('killed');
      });
      const { status } = await put();
      restore();
      if (status === 200) break;
      failures += 1;
      expect(await dumpDatabase(hall.context.database)).toEqual(before);
    }
    // It got through in the end, after a crash at each of its statements.
    expect(failures).toBeGreaterThan(8);
    expect(failures).toBeLessThan(statements);
    expect((await hall.budget(ann.id)).lookups.left).toBe(1_000 + 10 - 5);
    expect(await hall.sees(ann.id)).toEqual({ [friend.id]: 'mutual' });
    // The answer was lost, so it is asked for again: the same answer, at no charge.
    expect((await put()).body).toMatchObject({ new: 0, waiting: 0, budget: { lookups: { left: 1_005 } } });
  });
});

describe('7. erasing a book erases it everywhere but the ledger', () => {
  it('its contacts, slots, meetings, finds, and what waits', async () => {
    const small = await startTestHall({
      policy: policyWith((policy) => {
        policy.budgets.lookups.member = { capacity: 3, perDay: 24 };
        policy.budgets.slots.member = { capacity: 6, perDay: 24 };
      }),
    });
    const id = 'the-owner-of-this-book';
    await small.member(id, { phone: number(1), discoverable: 'mutual' });
    await small.member('friend', { phone: number(2), discoverable: 'mutual' });
    await small.member('open', { phone: number(3), discoverable: 'anyone' });
    await small.syncs('friend', [number(1)]);
    await small.syncs(id, [number(2), number(3), ...numbers(100, 30)]);
    const tables = async () => tablesWith(await dumpDatabase(small.context.database), id);
    expect(await tables()).toEqual(expect.arrayContaining(['contacts', 'slots', 'people', 'lookups']));
    await small.as(id)('DELETE', '/v1/me/contacts');
    expect(await tables()).toEqual(['directory', 'ledger', 'members']);
    expect(await small.budget(id)).toMatchObject({ waiting: 0 });
    expect(await small.sees('friend')).toEqual({});
    await small.stop();
  });
});
