import { type CanonicalNumber, type Discoverable, parseNumbers } from '@kith/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseBook, sync } from '../contacts/contacts.ts';
import { choose, eraseMember, putMember } from '../members/members.ts';
import { runReveals } from '../reveals/batches.ts';
import { runLookups } from '../reveals/lookups.ts';
import { number, startTestHall, type TestHall } from '../testing.ts';
import { listPeople } from './people.ts';

const people = 5;
/** One more number than people: somebody can always change to a free one. */
const phones = people + 1;
const batchMs = 600_000;

let hall: TestHall;
let run = 0;
let former: Person[] = [];

beforeAll(async () => {
  hall = await startTestHall();
});
afterAll(() => hall.stop());

/** What a member's life comes down to. */
interface Person {
  id: string;
  phone: number | null;
  setting: Discoverable;
  book: Set<number>;
  /** Contacts that were sent since the own number is what it is: only these have a slot. */
  written: Set<number>;
}

type Step =
  | { does: 'sends book'; who: number; numbers: number[] }
  | { does: 'adds'; who: number; numbers: number[] }
  | { does: 'removes'; who: number; numbers: number[] }
  | { does: 'chooses'; who: number; setting: Discoverable }
  | { does: 'verifies'; who: number; phone: number }
  | { does: 'gives up number'; who: number }
  | { does: 'erases book'; who: number }
  | { does: 'waits' };

const who = fc.nat(people - 1);
const someNumbers = fc.uniqueArray(fc.nat(phones - 1), { maxLength: phones });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('sends book' as const), who, numbers: someNumbers }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('adds' as const), who, numbers: someNumbers }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('removes' as const), who, numbers: someNumbers }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('chooses' as const),
      who,
      setting: fc.constantFrom('nobody' as const, 'mutual' as const, 'anyone' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('verifies' as const), who, phone: fc.nat(phones - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('gives up number' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('erases book' as const), who }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('waits' as const) }) },
);

const card = { name: 'P', handle: 'p' };
const textOf = (numbers: readonly number[]) => parseNumbers(numbers.map(number)).numbers as CanonicalNumber[];

/** The step in the service. */
async function take(town: Person[], given: Step): Promise<void> {
  const { context } = hall;
  if (given.does === 'waits') {
    await runLookups(context);
    hall.clock.advance(batchMs);
    await runReveals(context);
    return;
  }
  const { id } = town[given.who]!;
  const send = (mode: 'replace' | 'change', add: number[], remove: number[]) =>
    sync(context, id, { mode, add: textOf(add), remove: textOf(remove), origin: {}, rejected: 0 });
  if (given.does === 'sends book') await send('replace', given.numbers, []);
  else if (given.does === 'adds') await send('change', given.numbers, []);
  else if (given.does === 'removes') await send('change', [], given.numbers);
  else if (given.does === 'chooses') await choose(context, id, given.setting);
  else if (given.does === 'verifies') await putMember(context, id, { phone: number(given.phone), card });
  else if (given.does === 'gives up number') await putMember(context, id, { phone: null, card });
  else await eraseBook(context, id);
}

/** The step as anyone would tell it. */
function imagine(town: Person[], given: Step): void {
  if (given.does === 'waits') return;
  const me = town[given.who]!;
  const others = 'numbers' in given ? given.numbers.filter((one) => one !== me.phone) : [];
  if (given.does === 'sends book') {
    me.book = new Set(others);
    me.written = new Set(me.phone === null ? [] : others);
  } else if (given.does === 'adds') {
    for (const one of others) me.book.add(one);
    if (me.phone !== null) for (const one of others) me.written.add(one);
  } else if (given.does === 'removes') {
    for (const one of given.numbers) {
      me.book.delete(one);
      me.written.delete(one);
    }
  } else if (given.does === 'chooses') me.setting = given.setting;
  else if (given.does === 'verifies') {
    const owner = town.find((person) => person.phone === given.phone);
    if (owner === me) return;
    if (owner) giveUp(owner);
    giveUp(me);
    me.phone = given.phone;
  } else if (given.does === 'gives up number') giveUp(me);
  else {
    me.book.clear();
    me.written.clear();
  }
}

function giveUp(person: Person): void {
  person.phone = null;
  person.written.clear();
}

const takesPart = (person: Person) => person.phone !== null && person.setting !== 'nobody';
const reaches = (a: Person, b: Person) => b.phone !== null && a.written.has(b.phone);
const meets = (a: Person, b: Person) => takesPart(a) && takesPart(b) && reaches(a, b) && reaches(b, a);

async function seenBy(viewer: Person) {
  const page = await listPeople(hall.context, viewer.id, { limit: 100 });
  const ids = (how: string) => page.people.filter((person) => person.how === how).map(({ id }) => id);
  return { mutual: ids('mutual'), number: ids('number') };
}

async function look(town: Person[]): Promise<void> {
  for (const viewer of town) {
    const seen = await seenBy(viewer);
    const met = town.filter((other) => other !== viewer && meets(viewer, other)).map(({ id }) => id);
    expect(seen.mutual, `met by ${viewer.id}`).toEqual(met.sort());
    for (const id of seen.number) {
      const subject = town.find((person) => person.id === id)!;
      expect(subject, `found by ${viewer.id}`).toMatchObject({
        setting: 'anyone',
        phone: expect.any(Number),
      });
    }
  }
}

async function newTown(): Promise<Person[]> {
  // The numbers are the same every time: those who had them must be gone.
  for (const { id } of former) await eraseMember(hall.context, id);
  run += 1;
  const town = Array.from({ length: people }, (_, index): Person => {
    const setting = (['mutual', 'anyone', 'nobody', 'mutual', 'anyone'] as const)[index]!;
    return { id: `r${run}p${index}`, phone: index, setting, book: new Set(), written: new Set() };
  });
  for (const { id, phone, setting } of town) {
    await putMember(hall.context, id, { phone: number(phone!), discoverable: setting, card });
  }
  former = town;
  return town;
}

describe('whatever people do, in whatever order', () => {
  it('those and only those meet who take part and have each other’s number; who hides is seen by nobody', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
        const town = await newTown();
        for (const one of steps) {
          await take(town, one);
          imagine(town, one);
          await look(town);
        }
        // In the end everyone finds whoever lets anyone find it.
        for (const [index, person] of town.entries()) {
          await take(town, { does: 'sends book', who: index, numbers: [...person.book] });
          imagine(town, { does: 'sends book', who: index, numbers: [...person.book] });
        }
        await take(town, { does: 'waits' });
        await look(town);
        for (const viewer of town) {
          const open = town.filter(
            (other) =>
              other !== viewer &&
              other.phone !== null &&
              other.setting === 'anyone' &&
              viewer.book.has(other.phone) &&
              !meets(viewer, other),
          );
          expect((await seenBy(viewer)).number).toEqual(expect.arrayContaining(open.map(({ id }) => id)));
        }
      }),
      { numRuns: 15, ...(process.env.KITH_RUNS && { numRuns: Number(process.env.KITH_RUNS) }) },
    );
  });
});
