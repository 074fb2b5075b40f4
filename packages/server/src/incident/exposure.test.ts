import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCase, createCase } from '../cases/cases.ts';
import { getCase } from '../cases/overview.ts';
import { startTestHall, type TestHall } from '../testing.ts';
import { computeExposure, exposureState, startExposure, stepExposure } from './exposure.ts';
import { exposedMembers, protectedMembers } from './lists.ts';
import { putRing, ringOf, startIncident, syncsFrom } from './testing.ts';

let hall: TestHall;
const by = 'Ada (key)';

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

beforeAll(async () => {
  hall = await startTestHall({ trustedProxies: ['127.0.0.1'] });
  await startIncident(hall);
  await createCase(hall.context, { id: 'one', name: 'December', rings: ['ring-1'] }, by);
});
afterAll(() => hall.stop());

describe('exposure', () => {
  it('says exactly whose card was shown, and how often', async () => {
    const figures = await computeExposure(hall.context, 'one', by);
    expect(figures).toMatchObject({
      accounts: 2,
      numbersTried: 11,
      membersExposed: 3,
      membersExposedByNumber: 3,
      membersErased: 1,
      cardsRevealed: 4,
      cardsOfCanaries: 1,
      cardsAmongThemselves: 1,
      prefixes: 2,
      notices: { total: 2, languages: [{ language: 'en', notices: 2 }] },
      bounds: [],
    });
  });

  it('is what the ledger says, entry by entry', async () => {
    const rows = await hall.context.database.query<{ member: string; viewer: string }>(
      `select member_id as member, other_id as viewer from ledger
       where kind = 'reveal' and other_id in ('fake1', 'fake2') and member_id not in ('bait', 'fake1', 'fake2')`,
    );
    const exposed = await all(exposedMembers(hall.context, { caseId: 'one', run: 1 }));
    const pairs = exposed.flatMap(({ member, times }) => times.map(({ viewer }) => ({ member, viewer })));
    const sorted = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
    expect(sorted(pairs)).toEqual(sorted(rows));
    expect(exposed.map(({ member, name, setting }) => [member, name, setting])).toEqual([
      ['gone', null, 'anyone'],
      ['open1', 'Name of open1', 'anyone'],
      ['open2', 'Name of open2', 'anyone'],
    ]);
    expect(await all(exposedMembers(hall.context, { caseId: 'one', run: 1 }, 'open1'))).toHaveLength(1);
  });

  it('says who was tried and protected, by the setting when the number came', async () => {
    const { figures } = await exposureState(hall.context, 'one');
    expect(figures?.membersProtected).toEqual({ total: 3, nobody: 1, mutual: 1, noNumber: 1, waiting: 0 });
    const rows = await all(protectedMembers(hall.context, { caseId: 'one', run: 1 }));
    expect(rows.map(({ member, setting, exact }) => [member, setting, exact])).toEqual([
      ['hidden', 'nobody', true],
      ['late', 'noNumber', true],
      ['mutual', 'mutual', true],
    ]);
  });

  it('does not change with what is chosen later', async () => {
    await hall.as('hidden')('PATCH', '/v1/me', { discoverable: 'mutual' });
    const figures = await computeExposure(hall.context, 'one', by);
    expect(figures.membersProtected).toMatchObject({ nobody: 1, mutual: 1 });
  });

  it('takes up a ring that has changed when it is computed again, and says before that it is stale', async () => {
    expect((await getCase(hall.context, 'one')).computed).toMatchObject({ stale: false });
    await hall.member('fake3', { discoverable: 'nobody' });
    await syncsFrom(hall, 'fake3', ['+12015550191'], '8.8.8.8');
    await putRing(hall, ringOf(hall, 'ring-1', ['fake1', 'fake2', 'fake3']));
    expect((await getCase(hall.context, 'one')).computed).toMatchObject({ stale: true });
    const before = (await exposureState(hall.context, 'one')).figures!;
    hall.clock.advance(1_000);
    const after = await computeExposure(hall.context, 'one', by);
    expect([before.accounts, after.accounts]).toEqual([2, 3]);
    expect(after.computedAt > before.computedAt).toBe(true);
    expect((await getCase(hall.context, 'one')).computed).toMatchObject({ stale: false });
  });

  it('goes on where it was interrupted, and keeps the figures of before until it is done', async () => {
    const before = (await exposureState(hall.context, 'one')).figures;
    await startExposure(hall.context, 'one', by);
    await stepExposure(hall.context, 'one');
    const halfway = await exposureState(hall.context, 'one');
    expect(halfway).toMatchObject({ state: 'running', figures: before, progress: { done: 3 } });
    await startExposure(hall.context, 'one', 'somebody else');
    const after = await computeExposure(hall.context, 'one', by);
    expect({ ...after, computedAt: before?.computedAt }).toEqual(before);
  });

  it('says bound where only a bound is possible: books forgotten, accounts erased, settings changed', async () => {
    await hall.as('fake1')('PATCH', '/v1/me/contacts', { remove: ['+12015550190'] });
    await hall.as('mutual')('PATCH', '/v1/me', { discoverable: 'nobody' });
    await syncsFrom(hall, 'fake2', ['+12015550105', '+12015550192'], '8.8.4.4');
    await hall.host('DELETE', '/v1/members/fake3');
    const { bounds, accounts, accountsErased, membersExposed } = await computeExposure(
      hall.context,
      'one',
      by,
    );
    // fake1 dropped one number, fake2 three with its new book; of the account that is gone one.
    expect(bounds.map(({ what, atMost }) => [what, atMost])).toEqual([
      ['numbers_forgotten', 5],
      ['settings_changed', 1],
      ['accounts_erased', 1],
    ]);
    expect({ accounts, accountsErased, membersExposed }).toEqual({
      accounts: 3,
      accountsErased: 1,
      membersExposed: 3,
    });
  });

  it('of a case without rings is nothing', async () => {
    await createCase(hall.context, { id: 'empty', name: 'Empty' }, by);
    const figures = await computeExposure(hall.context, 'empty', by);
    expect(figures).toMatchObject({ accounts: 0, membersExposed: 0, since: null, days: [] });
  });

  it('leaves every change of a case in the ledger, and none of its words', async () => {
    hall.clock.advance(1_000);
    await changeCase(
      hall.context,
      'one',
      { attribution: { actor: 'Somebody', sentence: 'It was they.', confidence: 'low' } },
      by,
    );
    const rows = await hall.context.database.query<{ body: string }>(
      `select body from ledger where member_id = 'case/one' and kind = 'case' order by entry_id`,
    );
    const bodies = rows.map(({ body }) => JSON.parse(body));
    expect(bodies.map(({ what }) => what).sort()).toEqual([
      'change',
      ...Array.from({ length: 5 }, () => 'exposure'),
      'open',
    ]);
    expect(JSON.stringify(bodies)).not.toContain('It was they');
    expect(bodies.at(-1)).toMatchObject({ attribution: { confidence: 'low' }, by });
  });
});
