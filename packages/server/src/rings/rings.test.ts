import type { Ring } from '@kith/detection';
import type { RingAccount } from '@kith/protocol/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServiceKey } from '../auth/service-keys.ts';
import { number, numbers, startTestHall, type TestHall } from '../testing.ts';
import { arrange } from './accounts.ts';
import { noFigures } from './figures.ts';
import { drawGraph } from './graph.ts';
import { upsertRing } from './store.ts';

let hall: TestHall;
let viewer: string;

const day = 86_400_000;

function ringOf(id: string, members: readonly string[], given: Partial<Ring> = {}): Ring {
  return {
    id,
    members: members.map((member, at) => ({
      member,
      evidence: 20 - at,
      own: 9,
      flagged: true,
      isProtected: false,
    })),
    accounts: members.length,
    evidence: 14,
    reasons: [
      {
        signal: 'volume',
        title: 'Volume',
        words: 'held many numbers',
        weight: 5,
        share: 1,
        hardToEvade: true,
      },
    ],
    links: [{ signal: 'shared-device', block: 3, accounts: 2, members: 2, weight: 4, label: 'Nexus 5' }],
    graph: { members: members.slice(0, 4), links: [0], edges: members.slice(0, 4).map((_, at) => [at, 0]) },
    since: hall.clock.now - day,
    until: hall.clock.now,
    origins: [
      {
        country: 'IR',
        asn: 44244,
        operator: 'Irancell',
        network: 'mobile',
        accounts: 1,
        syncs: 1,
        numbers: 1,
      },
    ],
    prefixes: 1,
    devices: 1,
    clients: [],
    tried: { numbers: 10, rejected: 0, canaries: 0, countries: [] },
    got: { met: 0, reveals: 0 },
    timeline: [{ day: hall.clock.now - day, accounts: 1, syncs: 1, numbers: 7, reveals: 0 }],
    holds: [],
    actionable: true,
    ...given,
  };
}

const put = (ring: Ring) =>
  hall.context.database.transaction((tx) => upsertRing(tx, ring, new Date(hall.clock.now)));

async function asViewer(method: string, path: string) {
  const response = await fetch(hall.origin + path, {
    method,
    headers: { authorization: `Bearer ${viewer}` },
  });
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  hall = await startTestHall();
  viewer = await createServiceKey(hall.context.database, 'Vera', 'viewer');
  for (const [at, id] of ['ra', 'rb', 'rc'].entries())
    await hall.member(id, { phone: number(at), card: { name: `<b>Name</b> ${id}`, handle: id } });
  await hall.syncs('ra', numbers(50, 7));
  await put(ringOf('one', ['ra', 'rb', 'rc', 'gone']));
  await put(
    ringOf('two', ['x1'], { tried: { numbers: 99, rejected: 0, canaries: 0, countries: [] }, origins: [] }),
  );
});
afterAll(() => hall.stop());

describe('the queue of rings', () => {
  it('is ordered, filtered and paged by the server', async () => {
    const ids = async (query: string) =>
      (await hall.host('GET', `/v1/rings?${query}`)).body.rings.map(({ id }: { id: string }) => id);
    expect(await ids('sort=tried&order=desc')).toEqual(['two', 'one']);
    expect(await ids('sort=accounts&order=desc')).toEqual(['one', 'two']);
    expect(await ids('country=IR')).toEqual(['one']);
    expect(await ids('q=iranCELL')).toEqual(['one']);
    expect(await ids('q=x1')).toEqual(['two']);
    expect(await ids('q=%25')).toEqual([]);
    expect(await ids('state=dismissed,suspended')).toEqual([]);
    const first = (await hall.host('GET', '/v1/rings?sort=tried&limit=1')).body;
    expect(first).toMatchObject({ total: 2, next: '1', rings: [{ id: 'two', timeline: [7] }] });
    const second = (await hall.host('GET', `/v1/rings?sort=tried&limit=1&after=${first.next}`)).body;
    expect(second.rings[0].id).toBe('one');
    expect(second.next).toBeUndefined();
    expect((await hall.host('GET', '/v1/rings?after=-1')).body.code).toBe('query_invalid');
    expect((await hall.host('GET', "/v1/rings?state=open'--")).body.code).toBe('query_invalid');
  });
});

describe('a ring', () => {
  it('is shown with its accounts, whose figures come from the ledger where nothing is watched', async () => {
    const { body } = await hall.host('GET', '/v1/rings/one');
    expect(body).toMatchObject({ id: 'one', tried: { numbers: 10 }, timeline: [{ numbers: 7 }] });
    expect(body.since).toBe(new Date(hall.clock.now - day).toISOString());
    const table = (await hall.host('GET', '/v1/rings/one/accounts?sort=numbers&order=desc')).body;
    expect(table.total).toBe(4);
    expect(table.accounts[0]).toMatchObject({
      member: 'ra',
      name: '<b>Name</b> ra',
      state: 'active',
      syncs: 1,
      numbers: 7,
    });
    expect(table.accounts.find(({ member }: RingAccount) => member === 'gone')).toMatchObject({
      state: 'erased',
      name: '',
    });
  });

  it('shows only accounts that synced in a time, where one is chosen', async () => {
    const { now } = hall.clock;
    const shown = async (from: number, to: number) => {
      const times = new URLSearchParams({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      });
      const { body } = await hall.host('GET', `/v1/rings/one/accounts?${times}`);
      return body.accounts.map(({ member }: RingAccount) => member);
    };
    expect(await shown(now - day, now + day)).toEqual(['ra']);
    expect(await shown(now - 2 * day, now - day)).toEqual([]);
    expect((await hall.host('GET', '/v1/rings/one/accounts?from=yesterday')).body.code).toBe('query_invalid');
  });

  it('has every look at its accounts in the ledger, under the name of whoever looked', async () => {
    const looks = () =>
      hall.context.database.query<{ body: string }>(
        `select body from ledger where kind = 'view' and member_id like 'kith:analyst:vera%'`,
      );
    expect(await looks()).toEqual([]);
    expect((await asViewer('GET', '/v1/rings/one/accounts')).status).toBe(200);
    const [look, ...more] = await looks();
    expect(JSON.parse(look!.body)).toMatchObject({ what: 'ring-accounts', id: 'one' });
    expect(JSON.parse(look!.body).by).toMatch(/^Vera/);
    expect(more).toEqual([]);
    expect((await asViewer('GET', '/v1/rings/none/accounts')).body.code).toBe('ring_unknown');
    expect(await looks()).toHaveLength(1);
  });

  it('is drawn as accounts and what they share', async () => {
    const { body } = await hall.host('GET', '/v1/rings/one/graph?accounts=2');
    expect(body.nodes.map(({ id }: { id: string }) => id)).toEqual(['ra', 'rc', 'link:3']);
    expect(body.edges).toEqual([
      [0, 2, 4],
      [1, 2, 4],
    ]);
    expect(body.left).toEqual({ accounts: 2, links: 0 });
  });

  it('can be throttled and dismissed, and taken up again; each decision is on record with who made it', async () => {
    expect((await asViewer('POST', '/v1/rings/one/throttle')).body.code).toBe('role_insufficient');
    expect((await hall.host('POST', '/v1/rings/one/throttle')).body.state).toBe('throttled');
    const held = () =>
      hall.context.database.query(`select member_id from members where ring_id = 'one' order by 1`);
    expect(await held()).toHaveLength(3);
    const dismissal = { state: 'dismissed', note: 'a campus' };
    expect((await hall.host('PATCH', '/v1/rings/one', dismissal)).body).toMatchObject({
      state: 'dismissed',
      note: 'a campus',
    });
    expect(await held()).toEqual([]);
    expect((await hall.host('POST', '/v1/rings/one/throttle')).body.code).toBe('ring_state');
    await put(ringOf('one', ['ra', 'rb']));
    expect((await hall.host('GET', '/v1/rings/one')).body.state).toBe('dismissed');
    expect((await hall.host('PATCH', '/v1/rings/one', { state: 'open' })).body.state).toBe('open');
    const bodies = await hall.context.database.query<{ body: string }>(
      `select distinct body from ledger where kind = 'enforcement'`,
    );
    const said = bodies.map(({ body }) => JSON.parse(body));
    expect(said.map(({ what }) => what).sort()).toEqual(['dismiss', 'reopen', 'throttle']);
    for (const { by } of said) expect(by).toMatch(/^test \(/);
  });

  it('says that nobody has searched for others, and that nothing can be searched without events', async () => {
    expect((await hall.host('GET', '/v1/rings/one/who-else')).status).toBe(204);
    expect((await hall.host('POST', '/v1/rings/one/who-else')).body.code).toBe('watch_unavailable');
    expect((await hall.host('GET', '/v1/rings/none/who-else')).body.code).toBe('ring_unknown');
  });
});

describe('a table of 100,000 accounts', () => {
  const rows = Array.from(
    { length: 100_000 },
    (_, at): RingAccount => ({
      ...noFigures,
      member: `m${at}`,
      evidence: (at * 7919) % 1000,
      own: 1,
      flagged: true,
      isProtected: false,
      name: `N ${at}`,
      state: 'active',
    }),
  );

  it('is put in order in much less than a second, equals always in the same order', () => {
    const before = performance.now();
    const once = arrange(rows, { sort: 'evidence', order: 'desc' });
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(once[0]!.evidence).toBe(999);
    expect(arrange(rows.toReversed(), { sort: 'evidence', order: 'desc' })).toEqual(once);
    expect(arrange(rows, { sort: 'member', order: 'asc', q: 'n 99999' })).toHaveLength(1);
  });

  it('is drawn as an even sample, with what did not fit', () => {
    const graph = { members: rows.slice(0, 5_000).map(({ member }) => member), links: [0], edges: [] };
    const drawn = drawGraph(graph, [], rows, { accountsMax: 1_000, accounts: 100_000 });
    expect(drawn.nodes.filter(({ kind }) => kind === 'account')).toHaveLength(1_000);
    expect(drawn.left.accounts).toBe(99_000);
  });
});
