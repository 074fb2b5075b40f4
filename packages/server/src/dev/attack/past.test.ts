import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewLedgerEntry } from '../../ledger/entry.ts';
import { runReveals } from '../../reveals/batches.ts';
import { runLookups } from '../../reveals/lookups.ts';
import { dayMs, startTestHall, type TestHall } from '../../testing.ts';
import { addMembers } from '../members.ts';
import { mulberry32 } from '../random.ts';
import { type DemoRegion, demoRegion } from '../region.ts';
import { livePast, pastOf, send } from './past.ts';
import { planLife } from './plan.ts';

let hall: TestHall;
let region: DemoRegion;

beforeAll(async () => {
  hall = await startTestHall();
  region = demoRegion(hall.clock.now, { town: 70, townsAround: 2 });
});
afterAll(() => hall.stop());

const byMember = ([a]: unknown[], [b]: unknown[]) => (String(a) < String(b) ? -1 : 1);

const entries = (kind: string) =>
  hall.context.database.query<{ id: string; other: string; body: string }>(
    `select member_id as id, other_id as other, body from ledger where kind = $1 order by at, entry_id`,
    [kind],
  );

describe('the past of the demo', () => {
  it('is told as the service would have written it, had the books been sent', async () => {
    const { town } = region;
    await addMembers(
      hall.context,
      town.people.map(({ member }) => member),
    );
    const asks = planLife(town, hall.clock.now, mulberry32(1));
    for (const ask of asks) {
      await send(hall.context, ask);
      await runLookups(hall.context);
      hall.clock.advance(2 * dayMs);
      await runReveals(hall.context);
    }
    const told = pastOf(town, asks, hall.context.policy);
    const learnt = told.flatMap((each) => each.learnt);
    const lookups = learnt.filter(({ kind }) => kind === 'lookup');
    const written = async (kind: string) =>
      (await entries(kind)).map(({ id, body }) => [id, JSON.parse(body)]).sort(byMember);
    const worked = (all: readonly NewLedgerEntry[]) =>
      all.map(({ memberId, body }) => [memberId, body]).sort(byMember);
    expect(await written('sync')).toEqual(worked(told.map(({ sync }) => sync)));
    expect(await written('lookup')).toEqual(worked(lookups));
    const shown = (await entries('reveal')).filter(({ body }) => JSON.parse(body).how === 'number');
    const pairs = learnt.filter(({ kind }) => kind === 'reveal').map((each) => [each.otherId, each.memberId]);
    expect(pairs.length).toBeGreaterThan(20);
    expect(shown.map(({ id, other }) => [other, id]).sort()).toEqual(pairs.sort());
    expect(lookups.some(({ body }) => Number(body.solitary) > 0)).toBe(true);
    expect(told.some(({ sync }) => Number(sync.body.allies) < Number(sync.body.met))).toBe(true);
  });

  it('is told once of every town around, however often the demo begins', async () => {
    const before = (await entries('sync')).length;
    const told = async () => (await entries('sync')).filter(({ id }) => !isOfTown(id)).length;
    const isOfTown = (id: string) => region.town.people.some(({ member }) => member.id === id);
    const signal = new AbortController().signal;
    expect(await livePast(hall.context, region, signal)).toBe(true);
    const once = await told();
    expect(once).toBeGreaterThan(40);
    expect(await livePast(hall.context, region, signal)).toBe(true);
    expect(await told()).toBe(once);
    expect((await entries('sync')).length).toBeGreaterThan(before + once);
    const ids = region.around.flatMap((town) => town().people.map(({ member }) => member.phone));
    expect(new Set([...ids, ...region.town.people.map(({ member }) => member.phone)]).size).toBe(210);
  });

  it('has on record what everybody had chosen before the first book was sent: who was protected, and why', async () => {
    const [row] = await hall.context.database.query<{ chosen: Date; sent: Date }>(
      `select max(at) filter (where kind = 'setting') as chosen, min(at) filter (where kind = 'sync') as sent
       from ledger where member_id = any($1)`,
      [region.around.flatMap((town) => town().people.map(({ member }) => member.id))],
    );
    expect(row?.chosen.getTime()).toBeLessThan(row?.sent.getTime() ?? 0);
  });

  it('ends where it is when the service ends', async () => {
    expect(await livePast(hall.context, region, AbortSignal.abort())).toBe(false);
  });
});
