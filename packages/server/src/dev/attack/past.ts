import { sketchNumbers } from '@kith/detection';
import type { CanonicalNumber } from '@kith/protocol';
import { extraOf } from '../../budgets/budgets.ts';
import type { Policy } from '../../budgets/policy.ts';
import type { Origin } from '../../budgets/scopes.ts';
import { sync } from '../../contacts/contacts.ts';
import type { Context } from '../../context.ts';
import { readCursor, writeCursor } from '../../events/store.ts';
import type { NewLedgerEntry } from '../../ledger/entry.ts';
import { epochsToWrite } from '../../slots/epochs.ts';
import { addTown } from '../members.ts';
import type { DemoPerson, DemoPopulation } from '../population.ts';
import { mulberry32 } from '../random.ts';
import type { DemoRegion } from '../region.ts';
import { type Ask, planLife, storyHours } from './plan.ts';

/** Fewer at once than there are cores to spare, so that a visitor who comes meanwhile is not kept waiting. */
const livesAtOnce = 2;
/** How many of the towns around have a past. */
const toldCursor = 'demo-told';

/**
 * Lets the region live through the months before. The town sends its books as its telephones would have. The towns around it are there to be a
 * crowd, and their past is only told: the ledger says what it would say had their books been sent, and the books are kept nowhere.
 *
 * @returns whether it has come to the end
 */
export async function livePast(context: Context, region: DemoRegion, signal: AbortSignal): Promise<boolean> {
  const endMs = context.now() - storyHours * 3_600_000;
  const told = await readCursor(context.database, toldCursor);
  for (const [index, town] of region.around.entries()) {
    if (signal.aborted) return false;
    if (index >= told) await tellTown(context, town(), index, endMs);
  }
  const asks = planLife(region.town, endMs, mulberry32(endMs));
  for (let at = 0; at < asks.length; at += livesAtOnce) {
    if (signal.aborted) return false;
    await Promise.all(asks.slice(at, at + livesAtOnce).map((ask) => send(context, ask)));
  }
  return true;
}

/** One call, at its time in the story. */
export async function send(context: Context, { at, member, origin, numbers, whole }: Ask): Promise<void> {
  const then: Context = { ...context, now: () => at };
  const mode = whole ? 'replace' : 'change';
  await sync(then, member, { mode, add: numbers, remove: [], origin, rejected: 0 });
}

/** All that is told of a town, or nothing: a demo that ends meanwhile tells the rest when it begins again. */
async function tellTown(context: Context, town: DemoPopulation, index: number, endMs: number): Promise<void> {
  await addTown(context, town);
  const told = pastOf(town, planLife(town, endMs, mulberry32(endMs + index)), context.policy);
  await context.database.transaction(async (tx) => {
    for (const { at, sync, learnt } of told) {
      await context.ledger.append(tx, [sync, ...learnt], at);
    }
    await writeCursor(tx, toldCursor, index + 1);
  });
}

/** What the ledger says of a book. */
interface Told {
  /** Milliseconds since 1970. */
  at: number;
  sync: NewLedgerEntry;
  /** What came of it, as if workers had been at it that minute. */
  learnt: NewLedgerEntry[];
}

interface Sender {
  member: DemoPerson['member'];
  book: ReadonlySet<string>;
  /** In which its slots were written: two meet who wrote in the same. */
  epochs: readonly number[];
}

/**
 * What the ledger would say of books sent one after the other to a service that knows no others: whom each meets, which numbers nobody has
 * asked about before, and who is shown. Mutual meetings, which nothing reads, are only counted.
 *
 * @param asks in order of time
 */
export function pastOf({ people }: DemoPopulation, asks: readonly Ask[], policy: Policy): Told[] {
  const byId = new Map(people.map(({ member }) => [member.id, member]));
  const byPhone = new Map<string, DemoPerson['member']>(people.map(({ member }) => [member.phone, member]));
  const sent = new Map<string, Sender>();
  const asked = new Set<string>();
  return asks.map(({ at, member: id, numbers, origin }) => {
    const member = byId.get(id)!;
    const me: Sender = { member, book: new Set(numbers), epochs: epochsAt(policy, at) };
    const takesPart = member.discoverable !== 'nobody';
    const others = takesPart ? numbers.flatMap((number) => sent.get(number) ?? []) : [];
    const met = new Set(others.filter((other) => haveMet(me, other)).map((other) => other.member));
    if (takesPart) sent.set(member.phone, me);
    const solitary = numbers.filter((number) => !asked.has(number)).length;
    for (const number of numbers) asked.add(number);
    const allies = [...met].filter((other) => isEstablished(other, at, policy)).length;
    const found = numbers.flatMap((number) => byPhone.get(number) ?? []).filter((other) => !met.has(other));
    const shown = found.filter(({ discoverable }) => discoverable === 'anyone');
    return {
      at,
      sync: syncOf(member, numbers.length, { met: met.size, allies, origin }),
      learnt: [
        { memberId: id, kind: 'lookup', body: { ...sketchOf(numbers, solitary) } },
        ...shown
          .slice(0, policy.budgets.reveals.member.capacity + extraOf(policy, 'reveals', allies, 0))
          .map((other) => revealOf(other, id)),
      ],
    };
  });
}

function epochsAt(policy: Policy, at: number): number[] {
  const { current, next } = epochsToWrite(policy, at);
  return next === undefined ? [current] : [current, next];
}

function haveMet(me: Sender, other: Sender): boolean {
  return other.book.has(me.member.phone) && other.epochs.some((epoch) => me.epochs.includes(epoch));
}

const dayMs = 86_400_000;

function isEstablished({ createdAt }: DemoPerson['member'], at: number, policy: Policy): boolean {
  return at - Date.parse(createdAt ?? '') >= policy.establishedDays * dayMs;
}

/** Books of this size are within every budget, so nothing waits. */
function syncOf(
  { id, discoverable }: DemoPerson['member'],
  numbers: number,
  { met, allies, origin }: { met: number; allies: number; origin: Origin },
): NewLedgerEntry {
  const none = { removed: 0, rejected: 0, waiting: 0, held: 0 };
  const body = { way: 'plain', discoverable, numbers, new: numbers, ...none, met, allies };
  return { memberId: id, kind: 'sync', body, context: { ...origin } };
}

/** Everybody's number is of one country. */
const sketchOf = (numbers: readonly CanonicalNumber[], solitary: number) =>
  sketchNumbers(
    numbers.map((number) => ({ number, country: 'US' })),
    solitary,
  );

function revealOf({ id }: DemoPerson['member'], viewer: string): NewLedgerEntry {
  return { memberId: id, otherId: viewer, kind: 'reveal', body: { how: 'number' } };
}
