import type { Person } from '@kith/protocol';
import { toHex } from '@kith/protocol/crypto';
import { Mutual } from '../mutual/mutual.ts';
import { Lookups } from '../open/lookups.ts';
import { TodaysBuckets } from '../open/todays-buckets.ts';
import { type Parameters, readParameters } from '../parameters/parameters.ts';
import { Table } from '../store/table.ts';
import { type ContactInput, type KnownContact, type Sorted, sortContacts } from './contacts.ts';
import type { Run, RunWithNumber } from './run.ts';

/** The two halves of discovery: meeting whoever has one's number too, and finding whoever lets anyone. */
export type Way = 'mutual' | 'open';

/** Someone found. */
export interface FoundPerson<C extends ContactInput = ContactInput> extends Person {
  /**
   * The contacts that led to this person, as they were given. Known only where both have each other's number, and by that
   * person's own word; empty for whoever was found by a number alone: no answer says which.
   */
  contacts: C[];
}

export interface FoundPeople<C extends ContactInput = ContactInput> {
  /** Everyone found so far, earlier runs and other devices included. Those found by number alone appear minutes later. */
  people: FoundPerson<C>[];
  /** Contacts that a budget keeps waiting: a later run goes on with them. */
  waiting: number;
  /** When a later run is worth it; ISO 8601, only where something waits. */
  waitingUntil?: string;
  /** What is not a number in E.164 form, by its place in what was given. */
  rejected: Sorted<C>['rejected'];
  /** Issuers outside the service that gave false keys, by their index from 1; the others sufficed. */
  lyingIssuers?: number[];
}

interface FindOptions {
  ways: readonly Way[];
  issuers: string | undefined;
  /** Whether what caches hold of the service's parameters is of yesterday. */
  fresh: boolean;
  /** Whether whoever is not among the contacts has left the book. */
  whole: boolean;
}

/** One run, from contacts to people. */
export async function findPeople<C extends ContactInput>(
  run: Run,
  inputs: readonly C[],
  { ways, issuers, fresh, whole }: FindOptions,
): Promise<FoundPeople<C>> {
  run.report('prepare', 0, inputs.length);
  const { contacts, given, rejected } = sortContacts(inputs, run.number, run.vault);
  const parameters = await readParameters(run.calls, run.vault, { expected: issuers, fresh });
  const mutual =
    hasNumber(run) && ways.includes('mutual') ? await meet(run, parameters, contacts) : undefined;
  if (whole) await mutual?.withdrawOthers(contacts);
  if (ways.includes('open')) {
    const strangers = contacts.filter((contact) => !mutual || mutual.metBy(contact).length === 0);
    await lookUp(run, parameters, strangers);
  }
  const people = await listPeople(run, parameters, mutual, contacts);
  const { count, untilMs } = run.waiting;
  return {
    people: withContacts(run, people, mutual, contacts, given),
    waiting: count,
    ...(untilMs !== undefined && { waitingUntil: new Date(untilMs).toISOString() }),
    rejected,
    ...(run.lyingIssuers.size > 0 && { lyingIssuers: [...run.lyingIssuers].sort((a, b) => a - b) }),
  };
}

function hasNumber(run: Run): run is RunWithNumber {
  return run.number !== null;
}

async function meet(run: RunWithNumber, parameters: Parameters, contacts: readonly KnownContact[]) {
  const [mutual, me] = await Promise.all([
    Mutual.load(run, parameters),
    run.http.me(run.signal ? { signal: run.signal } : {}),
  ]);
  await mutual.write(contacts, me);
  return mutual;
}

async function lookUp(run: Run, parameters: Parameters, contacts: readonly KnownContact[]): Promise<void> {
  const lookups = await Lookups.load(run, parameters);
  await lookups.complete(contacts);
  const buckets = await TodaysBuckets.load(run, parameters, lookups);
  await buckets.check(contacts);
}

/**
 * The list of people. Where it names someone met whom no contact is known to have led to, the other sides of one's slots
 * are read again: that person has written its side since. Each is looked for once a day.
 */
async function listPeople(
  run: Run,
  parameters: Parameters,
  mutual: Mutual | undefined,
  contacts: readonly KnownContact[],
): Promise<Person[]> {
  run.report('people', 0, contacts.length);
  const people = await run.http.allPeople({ limit: 1_000, ...(run.signal && { signal: run.signal }) });
  if (mutual) await seek(run, parameters, mutual, contacts, people);
  run.report('people', contacts.length, contacts.length);
  return people;
}

async function seek(
  run: Run,
  { buckets }: Parameters,
  mutual: Mutual,
  contacts: readonly KnownContact[],
  people: readonly Person[],
): Promise<void> {
  const own = `${buckets.day}/`;
  await run.vault.sweep('sought/', (rest) => !rest.startsWith(own));
  const sought = await Table.load(run.vault, `sought/${own}`, 0);
  const met = new Set(contacts.flatMap((contact) => mutual.metBy(contact).map(toHex)));
  const marks = people
    .filter(({ how }) => how === 'mutual')
    .map(({ id }) => run.vault.mark('person', id))
    .filter((mark) => !met.has(toHex(mark)) && !sought.has(mark));
  if (marks.length === 0) return;
  await mutual.read(contacts);
  await sought.add(marks.map((mark) => ({ mark, row: new Uint8Array() })));
}

function withContacts<C extends ContactInput>(
  run: Run,
  people: readonly Person[],
  mutual: Mutual | undefined,
  contacts: readonly KnownContact[],
  given: ReadonlyMap<string, C[]>,
): FoundPerson<C>[] {
  const byPerson = new Map<string, C[]>();
  for (const contact of contacts) {
    for (const person of new Set(mutual?.metBy(contact).map(toHex)))
      byPerson.set(person, [...(byPerson.get(person) ?? []), ...given.get(contact.number)!]);
  }
  return people.map((person) => ({
    ...person,
    contacts: person.how === 'mutual' ? (byPerson.get(toHex(run.vault.mark('person', person.id))) ?? []) : [],
  }));
}
