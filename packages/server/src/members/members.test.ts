import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, number, startTestHall, type TestHall } from '../testing.ts';

const card = { name: 'Ann', handle: 'ann' };

let hall: TestHall;
let next = 0;

/** A number that no other test of this file has used. */
function freshNumber(): string {
  next += 1;
  return number(next);
}

function freshId(): string {
  next += 1;
  return `m${next}`;
}

const put = (id: string, body: object) => hall.host('PUT', `/v1/members/${encodeURIComponent(id)}`, body);
const get = (id: string) => hall.host('GET', `/v1/members/${encodeURIComponent(id)}`);

/** Calls at once must meet in the database, not one after the other on its only connection. */
const openConnections = () =>
  Promise.all(Array.from({ length: 10 }, () => hall.context.database.query('select pg_sleep(0.05)')));

beforeAll(async () => {
  hall = await startTestHall();
  await openConnections();
});
afterAll(() => hall.stop());

describe('putting a member', () => {
  it('creates it with 201 and the most private setting, and changes it with 200', async () => {
    const id = freshId();
    const now = new Date(hall.clock.now).toISOString();
    expect(await put(id, { card })).toMatchObject({
      status: 201,
      body: {
        id,
        card,
        phone: null,
        phoneVerifiedAt: null,
        discoverable: 'nobody',
        canary: false,
        suspended: false,
      },
    });
    expect((await get(id)).body).toMatchObject({ createdAt: now, updatedAt: now });
    expect(await put(id, { card: { ...card, name: 'Anna' } })).toMatchObject({
      status: 200,
      body: { card: { name: 'Anna' }, createdAt: now },
    });
  });

  it('keeps what the input leaves out', async () => {
    const [id, phone] = [freshId(), freshNumber()];
    const given = {
      phone,
      phoneVerifiedAt: '2025-01-02T03:04:05.000Z',
      discoverable: 'anyone',
      createdAt: '2024-01-01T00:00:00.000Z',
      canary: true,
    };
    await put(id, { ...given, card });
    expect((await put(id, { card })).body).toMatchObject({ ...given, card });
  });

  it('replaces the card whole, the picture included', async () => {
    const id = freshId();
    await put(id, { card: { ...card, avatarUrl: 'https://example.com/a.png' } });
    expect((await get(id)).body.card).toEqual({ ...card, avatarUrl: 'https://example.com/a.png' });
    await put(id, { card });
    expect((await get(id)).body.card).toEqual(card);
  });

  it('takes a number away with null, and takes none for it', async () => {
    const [id, phone] = [freshId(), freshNumber()];
    await put(id, { card, phone });
    expect(await put(id, { card, phone: null })).toMatchObject({
      status: 200,
      body: { phone: null, phoneVerifiedAt: null },
    });
    expect(await put(id, { card, phone: '' })).toMatchObject({
      status: 422,
      body: { code: 'phone_invalid' },
    });
    const owners = await hall.context.database.query('select 1 from directory where member_id = $1', [id]);
    expect(owners).toEqual([]);
  });

  it('dates a verification now, unless told, and keeps the date while the number stays', async () => {
    const [id, phone] = [freshId(), freshNumber()];
    const before = new Date(hall.clock.now).toISOString();
    expect((await put(id, { card, phone })).body.phoneVerifiedAt).toBe(before);
    hall.clock.advance(dayMs);
    expect((await put(id, { card, phone })).body.phoneVerifiedAt).toBe(before);
    expect((await put(id, { card, phone: freshNumber() })).body.phoneVerifiedAt).not.toBe(before);
  });

  it.each([
    ['no card', {}, '/'],
    ['a card without a handle', { card: { name: 'Ann' } }, '/card'],
    ['an empty name', { card: { ...card, name: '' } }, '/card/name'],
    ['an endless name', { card: { ...card, name: 'a'.repeat(201) } }, '/card/name'],
    ['a name with NUL', { card: { ...card, name: 'a\0b' } }, '/card/name'],
    ['half a character', { card: { ...card, handle: 'a\ud83d' } }, '/card/handle'],
    ['an unknown field', { card, email: 'a@b.c' }, '/email'],
    ['an unknown setting', { card, discoverable: 'friends' }, '/discoverable'],
    ['a list for a setting', { card, discoverable: ['anyone'] }, '/discoverable'],
    ['a number as a number', { card, phone: 12_015_550_100 }, '/phone'],
    ['text for a truth', { card, canary: 'true' }, '/canary'],
    ['a date that is none', { card, createdAt: '2026-02-30T00:00:00Z' }, '/createdAt'],
    ['a leap second', { card, createdAt: '2016-12-31T23:59:60Z' }, '/createdAt'],
    ['a year before there were members', { card, createdAt: '0000-01-01T00:00:00Z' }, '/createdAt'],
    ['a year that has five digits', { card, createdAt: '9999-12-31T23:59:59-23:00' }, '/createdAt'],
    ['a verification at no time', { card, phone: number(0), phoneVerifiedAt: 'now' }, '/phoneVerifiedAt'],
  ])('refuses %s, says where, and stores nothing', async (_, body, at) => {
    const id = freshId();
    expect(await put(id, body)).toMatchObject({ status: 400, body: { code: 'body_invalid', at } });
    expect((await get(id)).status).toBe(404);
  });

  it.each(['+1201555010', '12015550100', '+1 911', '+999123456', 'pizza', 'a\0b'])(
    'refuses %j as a number, without repeating it',
    async (phone) => {
      const answer = await put(freshId(), { card, phone });
      expect(answer).toMatchObject({ status: 422, body: { code: 'phone_invalid', at: '/phone' } });
      expect(JSON.stringify(answer.body)).not.toContain(phone);
    },
  );

  it('leaves one member, with one number, when two calls create it at once', async () => {
    const id = freshId();
    const phones = Array.from({ length: 8 }, freshNumber);
    const answers = await Promise.all(
      phones.map((phone) => put(id, { card, phone, discoverable: 'anyone' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    const kept = (await get(id)).body.phone;
    const tags = await hall.context.database.query('select tag from directory where member_id = $1', [id]);
    expect(tags).toEqual([{ tag: hall.context.keyring.tag('directory', kept) }]);
  });
});

describe('ids of members', () => {
  it.each([
    'plain',
    'it\'s "quoted"',
    'two\nlines\r\n',
    'a/b/../c',
    '%2F%00',
    '\\x00\\N\t',
    'import',
    'me',
    '__proto__',
    "'; drop table members; --",
    '🦊'.repeat(200),
    'é'.repeat(200),
    ' ',
    '\u202eright to left',
    '+12015550199',
  ])('are the host’s, stored and given back exactly: %j', async (id) => {
    expect(await put(id, { card })).toMatchObject({ status: 201, body: { id } });
    expect(await get(id)).toMatchObject({ status: 200, body: { id, card } });
    const token = await hall.host('POST', `/v1/members/${encodeURIComponent(id)}/token`);
    expect(token.status).toBe(200);
    expect((await hall.as(id)('GET', '/v1/me')).body).toMatchObject({ id });
    expect((await hall.host('DELETE', `/v1/members/${encodeURIComponent(id)}`)).status).toBe(204);
    expect((await get(id)).status).toBe(404);
  });

  it('are compared exactly: neither case nor composition nor space make two one', async () => {
    const ids = ['Same', 'same', 'same ', 'e\u0301', '\u00e9'];
    for (const id of ids) expect((await put(id, { card: { ...card, name: id } })).status).toBe(201);
    for (const id of ids) expect((await get(id)).body.card.name).toBe(id);
  });

  it.each([
    ['NUL', '%00'],
    ['201 characters', 'a'.repeat(201)],
    ['201 characters of four bytes', encodeURIComponent('🦊'.repeat(201))],
    ['thousands of characters', 'a'.repeat(10_000)],
  ])('may not hold %s, for whatever call', async (_, id) => {
    const refused = { status: 400, body: { code: 'member_id_invalid' } };
    expect(await hall.host('PUT', `/v1/members/${id}`, { card })).toMatchObject(refused);
    expect(await hall.host('GET', `/v1/members/${id}`)).toMatchObject(refused);
    expect(await hall.host('DELETE', `/v1/members/${id}`)).toMatchObject(refused);
    expect(await hall.host('POST', `/v1/members/${id}/token`)).toMatchObject(refused);
    expect(await hall.host('GET', `/v1/members/${id}/setting?at=2026-01-01T00:00:00Z`)).toMatchObject(
      refused,
    );
  });

  it.each(['%ED%A0%80', '%E0%A4%A', '%'])('must be UTF-8, percent-encoded: not %s', async (id) => {
    expect(await hall.host('PUT', `/v1/members/${id}`, { card })).toMatchObject({
      status: 400,
      body: { code: 'query_invalid' },
    });
  });
});

describe('a number that changes hands', () => {
  it('belongs to the newest verification, and leaves its old owner', async () => {
    const [old, young, phone] = [freshId(), freshId(), freshNumber()];
    await put(old, { card, phone, phoneVerifiedAt: '2025-01-01T00:00:00Z', discoverable: 'anyone' });
    expect((await put(young, { card, phone, phoneVerifiedAt: '2025-06-01T00:00:00Z' })).status).toBe(201);
    expect((await get(old)).body).toMatchObject({
      phone: null,
      phoneVerifiedAt: null,
      discoverable: 'anyone',
    });
    expect((await get(young)).body.phone).toBe(phone);
  });

  it('is refused to an older verification, which changes nothing', async () => {
    const [owner, late, phone] = [freshId(), freshId(), freshNumber()];
    await put(owner, { card, phone, phoneVerifiedAt: '2025-06-01T00:00:00Z' });
    expect(await put(late, { card, phone, phoneVerifiedAt: '2025-05-31T23:59:59Z' })).toMatchObject({
      status: 409,
      body: { code: 'phone_taken' },
    });
    expect((await get(late)).status).toBe(404);
    expect((await get(owner)).body.phone).toBe(phone);
  });

  it('ends the old owner’s meetings and starts none for the new one who has saved nobody', async () => {
    const [old, young, friend] = [freshId(), freshId(), freshId()];
    const [phone, friendPhone] = [freshNumber(), freshNumber()];
    await hall.member(old, { phone, discoverable: 'mutual', phoneVerifiedAt: '2025-01-01T00:00:00Z' });
    await hall.member(friend, { phone: friendPhone, discoverable: 'mutual' });
    await hall.syncs(old, [friendPhone]);
    await hall.syncs(friend, [phone]);
    expect(await hall.sees(friend)).toEqual({ [old]: 'mutual' });
    await hall.member(young, { phone, discoverable: 'mutual' });
    expect(await hall.sees(friend)).toEqual({});
    expect(await hall.sees(old)).toEqual({});
    expect(await hall.sees(young)).toEqual({});
    // The friend has the number saved: the new owner meets it by saving it back, as anyone would.
    await hall.syncs(young, [friendPhone]);
    expect(await hall.sees(friend)).toEqual({ [young]: 'mutual' });
  });

  it('takes cards found by it, and those about to be shown, back from their finders', async () => {
    const [old, finder, waiter] = [freshId(), freshId(), freshId()];
    const [phone, another] = [freshNumber(), freshNumber()];
    await hall.member(old, { phone, discoverable: 'anyone' });
    await hall.member(finder);
    await hall.member(waiter);
    await hall.syncs(finder, [phone]);
    await hall.work();
    hall.clock.advance(600_000);
    await hall.work();
    expect(await hall.sees(finder)).toEqual({ [old]: 'number' });
    await hall.syncs(waiter, [phone]);
    await hall.work();
    await hall.member(old, { phone: another, discoverable: 'anyone' });
    hall.clock.advance(600_000);
    await hall.work();
    expect(await hall.sees(finder)).toEqual({});
    expect(await hall.sees(waiter)).toEqual({});
  });

  it('goes to exactly one of many who verify it at once', async () => {
    const phone = freshNumber();
    const ids = Array.from({ length: 6 }, freshId);
    await Promise.all(ids.map((id) => put(id, { card, phone })));
    const owners = (await Promise.all(ids.map(get))).filter(({ body }) => body.phone === phone);
    expect(owners).toHaveLength(1);
  });

  it('swaps between two members without a moment in which both or neither lose', async () => {
    const [a, b, x, y] = [freshId(), freshId(), freshNumber(), freshNumber()];
    await put(a, { card, phone: x });
    await put(b, { card, phone: y });
    const [first, second] = await Promise.all([put(a, { card, phone: y }), put(b, { card, phone: x })]);
    expect([first!.status, second!.status]).toEqual([200, 200]);
    const phones = [(await get(a)).body.phone, (await get(b)).body.phone];
    const tags = await hall.context.database.query<{ member_id: string }>(
      'select member_id from directory where member_id = any($1) order by 1',
      [[a, b]],
    );
    expect(tags).toHaveLength(phones.filter(Boolean).length);
    expect(new Set(phones.filter(Boolean)).size).toBe(phones.filter(Boolean).length);
  });
});

describe('a member’s token', () => {
  it('opens its own side, and says until when', async () => {
    const id = freshId();
    await hall.member(id);
    const { body } = await hall.host('POST', `/v1/members/${id}/token`, {});
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(hall.clock.now);
    const me = await fetch(`${hall.origin}/v1/me`, { headers: { authorization: `Bearer ${body.token}` } });
    expect(await me.json()).toEqual({
      id,
      card: { name: `Name of ${id}`, handle: `handle-${id}` },
      discoverable: 'nobody',
      hasPhone: false,
      createdAt: expect.any(String),
    });
  });

  it('is issued neither to the unknown nor to the suspended', async () => {
    const unknown = await hall.host('POST', `/v1/members/${freshId()}/token`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'member_unknown' } });
    const id = freshId();
    await hall.member(id);
    await hall.context.database.query('update members set suspended_at = now() where member_id = $1', [id]);
    expect(await hall.host('POST', `/v1/members/${id}/token`)).toMatchObject({
      status: 403,
      body: { code: 'member_suspended' },
    });
  });
});

describe('a member’s own setting', () => {
  it('is changed by itself, and never lets it see its number or be seen as another', async () => {
    const [id, phone] = [freshId(), freshNumber()];
    await hall.member(id, { phone });
    const answer = await hall.as(id)('PATCH', '/v1/me', { discoverable: 'anyone' });
    expect(answer.body).toMatchObject({ id, discoverable: 'anyone', hasPhone: true });
    expect(JSON.stringify(answer.body)).not.toContain(phone);
    expect((await get(id)).body.discoverable).toBe('anyone');
  });

  it.each([{}, { discoverable: 'x' }, { discoverable: 'nobody', card }, { discoverable: null }])(
    'takes one of three words and nothing else: not %j',
    async (body) => {
      const id = freshId();
      await hall.member(id);
      expect(await hall.as(id)('PATCH', '/v1/me', body)).toMatchObject({
        status: 400,
        body: { code: 'body_invalid' },
      });
    },
  );
});
