import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ring } from '@kith/detection';
import type { Role } from '@kith/protocol/study';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAnalyst } from '../analysts/analysts.ts';
import { Browser } from '../analysts/browser.testing.ts';
import { createServiceKey } from '../auth/service-keys.ts';
import { upsertRing } from '../rings/store.ts';
import { number, policyWith, startTestHall, type TestHall } from '../testing.ts';
import { signedHeaders } from '../webhooks/signing.ts';

let hall: TestHall;
let next = 0;

const batchMs = 600_000;

function ringOf(id: string, members: readonly string[], isProtected: readonly string[] = []): Ring {
  return {
    id,
    members: members.map((member) => ({
      member,
      evidence: 14,
      own: 9,
      flagged: true,
      isProtected: isProtected.includes(member),
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
    links: [],
    graph: { members: [], links: [], edges: [] },
    since: hall.clock.now,
    until: hall.clock.now,
    origins: [],
    prefixes: 1,
    devices: 1,
    clients: [],
    tried: { numbers: 10, rejected: 0, canaries: 0, countries: [] },
    got: { met: 0, reveals: 0 },
    timeline: [],
    holds: [],
    actionable: true,
  };
}

async function someone(input = {}) {
  next += 1;
  const id = `a${next}`;
  const phone = number(next);
  await hall.member(id, { phone, discoverable: 'anyone', ...input });
  return { id, phone };
}

const putRing = (ring: Ring) =>
  hall.context.database.transaction((tx) => upsertRing(tx, ring, new Date(hall.clock.now)));

/** Everything that belongs to members, as rows; what only says when it was last looked at is left out. */
async function everything() {
  const tables = {
    members: `select member_id, phone_tag, discoverable, suspended_at, ring_id from members order by 1`,
    directory: `select * from directory order by tag`,
    contacts: `select * from contacts order by member_id, tag`,
    slots: `select * from slots order by slot`,
    people: `select * from people order by viewer_id, subject_id, how`,
    reveals: `select * from reveals order by viewer_id, subject_id`,
    lookups: `select * from lookups order by lookup_id`,
  };
  const rows = await Promise.all(Object.values(tables).map((sql) => hall.context.database.query(sql)));
  return Object.fromEntries(Object.keys(tables).map((name, at) => [name, rows[at]]));
}

async function signedIn(name: string, role: Role): Promise<Browser> {
  const given = { name, role, by: 'terminal', mustChangePassword: false };
  const { password } = await createAnalyst(hall.context, given);
  const browser = new Browser(hall.origin);
  await browser.signIn(name, password);
  return browser;
}

beforeAll(async () => {
  hall = await startTestHall({
    policy: policyWith((policy) => {
      policy.enforcement.approvalAbove = 2;
    }),
  });
});
afterAll(() => hall.stop());

describe('suspending a ring', () => {
  let fake: { id: string; phone: string };
  let friend: { id: string; phone: string };
  let target: { id: string; phone: string };
  let ringId: string;

  beforeEach(async () => {
    [fake, friend, target] = [await someone(), await someone(), await someone()];
    await hall.syncs(friend.id, [fake.phone]);
    await hall.syncs(fake.id, [friend.phone]);
    await hall.work();
    // One lookup that has yet to run, and what it finds waits for its batch.
    await hall.as(fake.id)('PATCH', '/v1/me/contacts', { add: [target.phone] });
    ringId = `ring-${fake.id}`;
    await putRing(ringOf(ringId, [fake.id]));
  });

  async function plan() {
    return (await hall.host('POST', '/v1/actions', { ring: ringId, kind: 'suspend' })).body;
  }

  it('says first who is hit, why and what they lose, and changes nothing', async () => {
    const before = await everything();
    const planned = await plan();
    expect(planned).toMatchObject({
      state: 'planned',
      accounts: 1,
      members: [fake.id],
      needsApproval: false,
      summary: { accounts: 1, looksHonest: 0, lose: { people: 1, slots: 2 }, why: ['held many numbers'] },
    });
    expect(await everything()).toEqual(before);
  });

  it('refuses the tokens of its accounts and takes them out of everyone’s sight, at once', async () => {
    const { id } = await plan();
    expect((await hall.host('POST', `/v1/actions/${id}/act`)).body).toMatchObject({ state: 'done' });
    for (const [method, path] of [
      ['GET', '/v1/me'],
      ['GET', '/v1/me/people'],
      ['GET', '/v1/me/exposure'],
      ['DELETE', '/v1/me/contacts'],
    ] as const) {
      expect((await hall.as(fake.id)(method, path)).body.code).toBe('member_suspended');
    }
    expect(await hall.sees(friend.id)).toEqual({});
    hall.clock.advance(batchMs);
    await hall.work();
    const revealed = await hall.context.database.query(
      `select 1 as one from ledger where kind = 'reveal' and other_id = $1 and member_id = $2`,
      [fake.id, target.id],
    );
    expect(revealed).toEqual([]);
  });

  it('is undone exactly: every row is as it was, and what waited goes on', async () => {
    const before = await everything();
    const { id } = await plan();
    await hall.host('POST', `/v1/actions/${id}/act`);
    expect(await everything()).not.toEqual(before);
    expect((await hall.host('POST', `/v1/actions/${id}/undo`)).body).toMatchObject({ state: 'undone' });
    expect(await everything()).toEqual(before);
    await hall.work();
    hall.clock.advance(batchMs);
    await hall.work();
    expect(await hall.sees(fake.id)).toEqual({ [friend.id]: 'mutual', [target.id]: 'number' });
  });

  it('lets an undone account meet whoever saved it in the meantime', async () => {
    const later = await someone();
    await hall.as(fake.id)('PATCH', '/v1/me/contacts', { add: [later.phone] });
    const { id } = await plan();
    await hall.host('POST', `/v1/actions/${id}/act`);
    await hall.syncs(later.id, [fake.phone]);
    expect(await hall.sees(later.id)).toEqual({});
    await hall.host('POST', `/v1/actions/${id}/undo`);
    expect(await hall.sees(later.id)).toEqual({ [fake.id]: 'mutual' });
  });

  it('does not undo what somebody else has suspended, nor an action twice', async () => {
    const first = await plan();
    await hall.host('POST', `/v1/actions/${first.id}/act`);
    const again = await plan();
    expect(again).toMatchObject({ accounts: 0, summary: { alreadySuspended: 1 } });
    await hall.host('POST', `/v1/actions/${again.id}/act`);
    await hall.host('POST', `/v1/actions/${again.id}/undo`);
    expect((await hall.as(fake.id)('GET', '/v1/me')).body.code).toBe('member_suspended');
    await hall.host('POST', `/v1/actions/${first.id}/undo`);
    expect((await hall.as(fake.id)('GET', '/v1/me')).status).toBe(200);
    const before = await everything();
    expect((await hall.host('POST', `/v1/actions/${first.id}/undo`)).body.state).toBe('undone');
    expect((await hall.host('POST', `/v1/actions/${first.id}/act`)).body.code).toBe('action_state');
    expect(await everything()).toEqual(before);
  });

  it('is planned anew when the ring has changed', async () => {
    const { id } = await plan();
    await putRing(ringOf(ringId, [fake.id, friend.id]));
    expect((await hall.host('GET', `/v1/actions/${id}`)).body.stale).toBe(true);
    expect((await hall.host('POST', `/v1/actions/${id}/act`)).body.code).toBe('plan_stale');
  });

  it('leaves protected members alone', async () => {
    await putRing(ringOf(ringId, [fake.id, friend.id], [friend.id]));
    expect(await plan()).toMatchObject({ members: [fake.id], summary: { protected: 1 } });
  });
});

describe('above the size', () => {
  it('an action needs a second person, and two people are two keys', async () => {
    const members = await Promise.all(Array.from({ length: 3 }, () => someone()));
    await putRing(
      ringOf(
        'big',
        members.map(({ id }) => id),
      ),
    );
    const [ana, ben] = await Promise.all([
      createServiceKey(hall.context.database, 'Ana', 'approver'),
      createServiceKey(hall.context.database, 'Ben', 'approver'),
    ]);
    const as = async (key: string, path: string, body?: object) => {
      const response = await fetch(hall.origin + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      });
      return response.json();
    };
    const { id, needsApproval } = await as(ana, '/v1/actions', { ring: 'big', kind: 'suspend' });
    expect(needsApproval).toBe(true);
    expect((await as(ana, `/v1/actions/${id}/act`)).code).toBe('approval_missing');
    expect((await as(ana, `/v1/actions/${id}/approve`)).code).toBe('approver_same');
    const approvals = await Promise.all([
      as(ben, `/v1/actions/${id}/approve`),
      as(ben, `/v1/actions/${id}/approve`),
    ]);
    expect(approvals.map(({ state }) => state)).toEqual(['approved', 'approved']);
    expect(await as(ana, `/v1/actions/${id}/act`)).toMatchObject({
      state: 'done',
      approvedBy: expect.stringContaining('Ben'),
    });
  });

  it('of two who agree at once one is told that it is done; agreeing again changes nothing', async () => {
    const members = await Promise.all(Array.from({ length: 3 }, () => someone()));
    await putRing(
      ringOf(
        'twice',
        members.map(({ id }) => id),
      ),
    );
    const [ada, bea, cyd] = (await Promise.all(
      ['Ada', 'Bea', 'Cyd'].map((name) => signedIn(name, 'approver')),
    )) as [Browser, Browser, Browser];
    const { id } = (await ada.call('POST', '/v1/actions', { ring: 'twice', kind: 'suspend' })).body;
    const approvals = await Promise.all(
      [bea, cyd].map((each) => each.call('POST', `/v1/actions/${id}/approve`)),
    );
    expect(approvals.map(({ body }) => body.code ?? body.state).sort()).toEqual(['action_state', 'approved']);
    const winner = approvals[0]!.status === 200 ? bea : cyd;
    const again = await winner.call('POST', `/v1/actions/${id}/approve`);
    expect(again.body).toEqual(approvals.find(({ status }) => status === 200)!.body);
    // The answer to the first is lost on its way; the second is the same.
    await ada.call('POST', `/v1/actions/${id}/act`);
    const before = await everything();
    expect((await ada.call('POST', `/v1/actions/${id}/act`)).body).toMatchObject({
      state: 'done',
      doneBy: 'Ada',
    });
    expect(await everything()).toEqual(before);
    expect((await bea.call('POST', `/v1/actions/${id}/act`)).body.code).toBe('action_state');
  });

  it('one person is not two: not by a key, not by an account of one’s own making', async () => {
    const members = await Promise.all(Array.from({ length: 3 }, () => someone()));
    await putRing(
      ringOf(
        'alone',
        members.map(({ id }) => id),
      ),
    );
    const eve = await signedIn('Eve', 'admin');
    const { id } = (await eve.call('POST', '/v1/actions', { ring: 'alone', kind: 'suspend' })).body;
    const approveWith = async (key: string) => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${hall.origin}/v1/actions/${id}/approve`, { method: 'POST', headers })).json();
    };
    const { database } = hall.context;
    const own = await createServiceKey(database, 'laptop', 'approver', 'Eve');
    expect((await approveWith(own)).code).toBe('approver_same');
    const nobodys = await createServiceKey(database, 'script', 'approver');
    expect((await approveWith(nobodys)).code).toBe('approver_unknown');
    const made = (await eve.call('POST', '/v1/analysts', { name: 'Puppet', role: 'approver' })).body;
    const puppet = new Browser(hall.origin);
    await puppet.signIn('Puppet', made.password);
    await puppet.call('POST', '/v1/session/password', {
      current: made.password,
      next: 'held by other hands',
    });
    expect((await puppet.call('POST', `/v1/actions/${id}/approve`)).body.code).toBe('approver_unknown');
    hall.clock.advance(24 * 3_600_000);
    await puppet.signIn('Puppet', 'held by other hands');
    expect((await puppet.call('POST', `/v1/actions/${id}/approve`)).body.state).toBe('approved');
  });

  it('leaving somebody alone counts anew, and has to be approved anew', async () => {
    const members = await Promise.all(Array.from({ length: 4 }, () => someone()));
    const ids = members.map(({ id }) => id);
    await putRing(ringOf('edited', ids));
    const [dot, fay] = [await signedIn('Dot', 'analyst'), await signedIn('Fay', 'approver')];
    const { id } = (await dot.call('POST', '/v1/actions', { ring: 'edited', kind: 'suspend' })).body;
    const asked = await dot.call('POST', `/v1/actions/${id}/ask`, { note: 'look at <b>Tuesday</b>' });
    expect(asked.body).toMatchObject({ askedBy: 'Dot', note: 'look at <b>Tuesday</b>' });
    await fay.call('POST', `/v1/actions/${id}/approve`);
    const edited = await fay.call('PATCH', `/v1/actions/${id}`, { leaveOut: [ids[0]] });
    expect(edited.body).toMatchObject({ state: 'planned', accounts: 3, leftOut: [ids[0]], plannedBy: 'Fay' });
    expect(edited.body.approvedBy).toBeUndefined();
    expect(edited.body.askedBy).toBeUndefined();
    expect((await fay.call('POST', `/v1/actions/${id}/approve`)).body.code).toBe('approver_same');
    expect((await dot.call('POST', `/v1/actions/${id}/act`)).body.code).toBe('approval_missing');
    const strangers = await dot.call('PATCH', `/v1/actions/${id}`, { leaveOut: ['not-of-the-ring'] });
    expect(strangers.body.code).toBe('member_unknown');
    // Two are left: few enough for one person.
    const fewer = await dot.call('PATCH', `/v1/actions/${id}`, { leaveOut: ids.slice(0, 2) });
    expect(fewer.body).toMatchObject({ accounts: 2, needsApproval: false });
    expect((await dot.call('POST', `/v1/actions/${id}/act`)).body.state).toBe('done');
    const suspended = await hall.context.database.query<{ id: string }>(
      `select member_id as id from members where member_id = any($1) and suspended_at is not null order by 1`,
      [ids],
    );
    expect(suspended.map((row) => row.id)).toEqual(ids.slice(2).sort());
    const late = await dot.call('PATCH', `/v1/actions/${id}`, { leaveOut: [] });
    expect(late.body.code).toBe('action_state');
    // One of them is erased meanwhile: the rest come back, and the one who is gone stays gone.
    await hall.host('DELETE', `/v1/members/${ids[2]}`);
    expect((await dot.call('POST', `/v1/actions/${id}/undo`)).body.state).toBe('undone');
    expect((await hall.host('GET', `/v1/members/${ids[2]}`)).status).toBe(404);
    expect((await hall.as(ids[3]!)('GET', '/v1/me')).status).toBe(200);
  });

  it('a plan for a ring that has changed, or was dismissed, can neither be approved nor carried out', async () => {
    const members = await Promise.all(Array.from({ length: 3 }, () => someone()));
    const ids = members.map(({ id }) => id);
    await putRing(ringOf('moving', ids));
    const [gil, hal] = [await signedIn('Gil', 'analyst'), await signedIn('Hal', 'approver')];
    const { id } = (await gil.call('POST', '/v1/actions', { ring: 'moving', kind: 'suspend' })).body;
    await putRing(ringOf('moving', ids.slice(0, 2)));
    for (const call of ['approve', 'act', 'ask']) {
      const by = call === 'approve' ? hal : gil;
      const code = (await by.call('POST', `/v1/actions/${id}/${call}`)).body.code;
      expect(code).toBe(call === 'act' ? 'approval_missing' : 'plan_stale');
    }
    const anew = (await gil.call('POST', '/v1/actions', { ring: 'moving', kind: 'suspend' })).body;
    expect(anew).toMatchObject({ stale: false, accounts: 2 });
    await hal.call('PATCH', '/v1/rings/moving', { state: 'dismissed' });
    expect((await gil.call('POST', `/v1/actions/${anew.id}/act`)).body.code).toBe('plan_stale');
    const refused = await gil.call('POST', '/v1/actions', { ring: 'moving', kind: 'suspend' });
    expect(refused.body.code).toBe('ring_state');
  });

  it('a viewer who has signed in may call none of it', async () => {
    const ivy = await signedIn('Ivy', 'viewer');
    const path = '/v1/actions/0192f0c0-0000-7000-8000-000000000000';
    for (const call of ['approve', 'act', 'undo', 'ask'])
      expect((await ivy.call('POST', `${path}/${call}`)).body.code).toBe('role_insufficient');
    expect((await ivy.call('PATCH', path, { leaveOut: [] })).body.code).toBe('role_insufficient');
    expect((await ivy.call('GET', path)).body.code).toBe('action_unknown');
  });

  it('a viewer may look and do nothing', async () => {
    const key = await createServiceKey(hall.context.database, 'Vera', 'viewer');
    const call = (method: string, path: string) =>
      fetch(hall.origin + path, { method, headers: { authorization: `Bearer ${key}` } });
    expect((await call('GET', '/v1/rings')).status).toBe(200);
    expect((await call('GET', '/v1/members/a1')).status).toBe(403);
    expect((await call('POST', '/v1/actions/0192f0c0-0000-7000-8000-000000000000/approve')).status).toBe(403);
  });
});

describe('the host', () => {
  let server: Server;
  let got: { headers: Record<string, string>; body: string }[];
  let answer = 200;

  beforeAll(async () => {
    got = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        got.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is told by a signed message, again and again until it answers, or until it is given up in plain sight', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const { secret } = (await hall.host('PUT', '/v1/webhooks', { url })).body;
    const fake = await someone();
    await putRing(ringOf('told', [fake.id]));
    const { id } = (await hall.host('POST', '/v1/actions', { ring: 'told', kind: 'suspend' })).body;
    answer = 500;
    await hall.host('POST', `/v1/actions/${id}/act`);
    await hall.work();
    answer = 200;
    hall.clock.advance(6_000);
    await hall.work();
    hall.clock.advance(86_400_000);
    await hall.work();
    expect(got).toHaveLength(2);
    const [first, second] = got as [(typeof got)[0], (typeof got)[0]];
    expect(JSON.parse(second.body)).toMatchObject({
      type: 'members.suspended',
      data: { members: [fake.id] },
    });
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const at = Number(second.headers['webhook-timestamp']) * 1000;
    expect(second.headers).toMatchObject(signedHeaders(key, second.headers['webhook-id']!, second.body, at));

    answer = 500;
    await hall.host('POST', `/v1/actions/${id}/undo`);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await hall.work();
      hall.clock.advance(25 * 3_600_000);
    }
    const { dead } = (await hall.host('GET', '/v1/webhooks')).body;
    expect(dead).toMatchObject([{ type: 'members.restored', attempts: 9, problem: 'answered 500' }]);
  });

  it('gives an address that needs no password and, unless that is allowed, is no private one', async () => {
    const put = (url: string) => hall.host('PUT', '/v1/webhooks', { url });
    expect((await put('https://name:secret@host.example/')).status).toBe(400);
    hall.context.privateWebhooks = false;
    const { status, body } = await put('http://[::ffff:127.0.0.1]/');
    hall.context.privateWebhooks = true;
    expect([status, body.detail]).toEqual([400, expect.stringContaining('private address')]);
  });

  it('signs as the Standard Webhooks specification shows', () => {
    const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const headers = signedHeaders(
      secret,
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      1_614_265_330_000,
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
