import type { CanonicalNumber } from '@kith/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberScope } from '../budgets/scopes.ts';
import { dumpDatabase, tablesWith } from '../dump.testing.ts';
import { epochAt } from '../slots/epochs.ts';
import { plainSlot } from '../slots/slots.ts';
import { number, numbers, policyWith, startTestHall, type TestHall } from '../testing.ts';

/** Ids that no other text contains by accident. */
const gone = 'the-one-who-leaves';
const [phone, friendPhone, openPhone, strangerPhone] = [1, 2, 3, 4].map(number) as [
  string,
  string,
  string,
  string,
];

let hall: TestHall;

beforeAll(async () => {
  hall = await startTestHall({
    policy: policyWith((policy) => {
      policy.budgets.lookups.member = { capacity: 5, perDay: 24 };
    }),
  });
  await hall.member('friend', { phone: friendPhone, discoverable: 'mutual' });
  await hall.member('open', { phone: openPhone, discoverable: 'anyone' });
  await hall.member('finder');
  await hall.member('waiter');
});
afterAll(() => hall.stop());

/** A life with everything in it: meetings, finds, being found and about to be found, and things that wait. */
async function live(): Promise<void> {
  await hall.member(gone, { phone, discoverable: 'anyone' });
  await hall.syncs('friend', [phone]);
  await hall.syncs('finder', [phone]);
  await hall.as(gone)(
    'PUT',
    '/v1/me/contacts',
    { numbers: [friendPhone, openPhone, ...numbers(50, 20)] },
    {
      'kith-device': 'the-device-of-the-one-who-leaves',
    },
  );
  await hall.work();
  hall.clock.advance(600_000);
  await hall.work();
  await hall.syncs('waiter', [phone]);
  await hall.work();
  await hall.syncs(gone, [friendPhone, openPhone, strangerPhone, ...numbers(50, 20)]);
}

/** Everything that Kith makes of this member's id and number. */
function derived(): Record<string, string | Buffer> {
  const { keyring, policy } = hall.context;
  const slot = (other: string) =>
    plainSlot(keyring, phone, other as CanonicalNumber, epochAt(policy, hall.clock.now)).slot;
  return {
    id: gone,
    number: phone,
    device: 'the-device-of-the-one-who-leaves',
    scope: Buffer.from(memberScope(keyring, gone).tag, 'base64url'),
    'directory tag': keyring.tag('directory', phone),
    'contact tag': keyring.memberTags(gone, keyring.tag('directory', friendPhone)),
    'slot with a friend': slot(friendPhone),
    'slot with nobody': slot(number(55)),
    handle: keyring.tag('ticket', `handle\0${gone}`),
  };
}

const traces = async () => {
  const dump = await dumpDatabase(hall.context.database);
  return Object.fromEntries(
    Object.entries(derived()).map(([what, needle]) => [what, tablesWith(dump, needle)]),
  );
};

describe('erasing a member', () => {
  it('leaves no trace but its opaque id in the ledger', async () => {
    await live();
    expect(await hall.sees(gone)).toEqual({ friend: 'mutual', open: 'number' });
    const before = await traces();
    expect(before).toMatchObject({
      id: expect.arrayContaining(['contacts', 'directory', 'ledger', 'lookups', 'members']),
      number: [],
      device: ['ledger'],
      scope: ['budgets', 'lookups', 'members'],
      'contact tag': ['contacts'],
      'slot with a friend': ['contacts', 'people', 'slots'],
      'slot with nobody': ['contacts', 'slots'],
    });
    expect(before.id).toEqual(expect.arrayContaining(['open_entries', 'people', 'reveals', 'slots']));

    expect((await hall.host('DELETE', `/v1/members/${gone}`)).status).toBe(204);

    const { id, 'slot with a friend': shared, 'directory tag': owned, ...others } = await traces();
    expect(id).toEqual(['ledger', 'ledger_leaves']);
    // The friend still has the number saved, as tags that only the keys can tell from any other's.
    expect(shared).toEqual(['contacts', 'slots']);
    expect(owned).toEqual([]);
    expect(Object.values(others).flat()).toEqual([]);
  });

  it('is seen by those who had found it, and by those who were about to', async () => {
    expect(await hall.sees('friend')).toEqual({});
    expect(await hall.sees('finder')).toEqual({});
    hall.clock.advance(600_000);
    await hall.work();
    expect(await hall.sees('waiter')).toEqual({});
  });

  it('answers the erased one’s token, and a second erasure, that there is no such member', async () => {
    const unknown = { status: 404, body: { code: 'member_unknown' } };
    expect(await hall.as(gone)('GET', '/v1/me/people')).toMatchObject(unknown);
    expect(await hall.as(gone)('PUT', '/v1/me/contacts', { numbers: [] })).toMatchObject(unknown);
    expect(await hall.host('DELETE', `/v1/members/${gone}`)).toMatchObject(unknown);
  });

  it('takes along what a suspension had put aside, for the member and of it', async () => {
    for (const id of ['sue', 'tom']) await hall.member(id);
    await hall.context.database.query(
      `insert into withdrawn (action_id, withdrawn_id, member_id, what, row) values
         (gen_random_uuid(), gen_random_uuid(), 'sue', 'lookup', '{"tags": "00"}'),
         (gen_random_uuid(), gen_random_uuid(), 'tom', 'reveal', '{"subject_id": "sue"}'),
         (gen_random_uuid(), gen_random_uuid(), 'tom', 'lookup', '{"tags": "01"}')`,
    );
    await hall.host('DELETE', '/v1/members/sue');
    const left = await hall.context.database.query(`select member_id, row from withdrawn`);
    expect(left).toEqual([{ member_id: 'tom', row: { tags: '01' } }]);
  });

  it('lets the same id and number begin anew, with nothing of the life before', async () => {
    await hall.member(gone, { phone, discoverable: 'mutual' });
    expect(await hall.sees(gone)).toEqual({});
    expect(await hall.sees('friend')).toEqual({});
    expect((await hall.budget(gone)).lookups.left).toBe(5);
    await hall.syncs(gone, [friendPhone]);
    expect(await hall.sees('friend')).toEqual({ [gone]: 'mutual' });
  });
});
