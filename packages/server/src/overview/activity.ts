import { type EventStore, isSyncSql, type SyncEvent } from '@kith/detection';
import { readEntries, readPlaces } from '../events/store.ts';
import { eventOf } from '../events/sync-event.ts';
import { readLeavesBelow } from '../ledger/search/store.ts';
import type { Queryable } from '../postgres/database.ts';

export interface Counts {
  syncs: number;
  numbers: number;
  reveals: number;
  waiting: number;
}

/** Traffic from one network in one country. */
export interface Source {
  country: string;
  asn: number;
  operator: string;
  kind: string;
  accounts: number;
  syncs: number;
  numbers: number;
}

/** What happened since a moment. */
export interface Activity {
  /** By hours since 1970; hours without anything are missing. */
  hours: Map<number, Counts>;
  /** Largest first. */
  sources: Source[];
  /** Accounts by country: one account may come from several networks. */
  countryAccounts: Map<string, number>;
  /** Who asked about numbers in the last day, and who was shown somebody: some of them, and how many there are. */
  askers: { sample: string[]; total: number };
  shown: { sample: string[]; total: number };
  /** False where not everything could be read. */
  whole: boolean;
}

export interface Since {
  /** ms since 1970 */
  from: number;
  dayFrom: number;
}

const hourMs = 3_600_000;
const sourcesMax = 2_000;
/** Members whose budgets are looked at; of more, the shares of a sample stand for all. */
const sampleMax = 2_000;

export async function activityIn({ engine, table }: EventStore, { from, dayFrom }: Since): Promise<Activity> {
  const window = `at >= {from:Int64}`;
  const hours = await engine.query<Counts & { hour: number }>(
    `SELECT toInt32(intDiv(at, ${hourMs})) AS hour, countIf(${isSyncSql}) AS syncs, sum(numbers_new) AS numbers,
       sum(reveals) AS reveals, sum(numbers_waiting) AS waiting
     FROM ${table} WHERE ${window} GROUP BY hour`,
    { from },
  );
  const sources = await engine.query<Source>(
    `SELECT country, asn, any(operator) AS operator, any(network) AS kind, uniqExact(member) AS accounts,
       countIf(${isSyncSql}) AS syncs, sum(numbers_new) AS numbers
     FROM ${table} WHERE ${window} AND ${isSyncSql} GROUP BY country, asn ORDER BY numbers DESC, syncs DESC
     LIMIT ${sourcesMax}`,
    { from },
  );
  const countries = await engine.query<{ country: string; accounts: number }>(
    `SELECT country, uniqExact(member) AS accounts FROM ${table} WHERE ${window} AND ${isSyncSql} GROUP BY country`,
    { from },
  );
  const some = (column: string) => `groupUniqArrayIf(${sampleMax})(member, ${column} > 0)`;
  const [who] = await engine.query<Record<'askers' | 'shown', string[]> & { asked: number; saw: number }>(
    `SELECT ${some('numbers_new')} AS askers, uniqExactIf(member, numbers_new > 0) AS asked,
       ${some('reveals')} AS shown, uniqExactIf(member, reveals > 0) AS saw
     FROM ${table} WHERE at >= {dayFrom:Int64} AND (numbers_new > 0 OR reveals > 0)`,
    { dayFrom },
  );
  return {
    hours: new Map(hours.map(({ hour, ...counts }) => [hour, counts])),
    sources,
    countryAccounts: new Map(countries.map(({ country, accounts }) => [country, accounts])),
    askers: { sample: who?.askers ?? [], total: who?.asked ?? 0 },
    shown: { sample: who?.shown ?? [], total: who?.saw ?? 0 },
    whole: true,
  };
}

/** Entries of the ledger that are read where there is no event store. */
export const entriesMax = 20_000;
const entriesAtOnce = 2_000;

/** The same from the newest entries of the ledger, as far as they go back. */
export async function activityInLedger(db: Queryable, { from, dayFrom }: Since): Promise<Activity> {
  const [newest] = await readLeavesBelow(db, Number.MAX_SAFE_INTEGER, 1);
  const size = (newest?.index ?? -1) + 1;
  const start = Math.max(size - entriesMax, 0);
  const events: SyncEvent[] = [];
  let reaches = start === 0;
  for (let at = start; at < size; at += entriesAtOnce) {
    const entries = await readEntries(db, await readPlaces(db, at, entriesAtOnce));
    if (at === start && entries.some((entry) => entry.at.getTime() < from)) reaches = true;
    for (const entry of entries) {
      const event = eventOf({
        ...entry,
        at: entry.at.getTime(),
        body: JSON.parse(entry.body),
        context: entry.context ? JSON.parse(entry.context) : {},
      });
      if (event && event.at >= from) events.push(event);
    }
  }
  return { ...countEvents(events, dayFrom), whole: reaches };
}

/** Counts events as the event store does. */
export function countEvents(events: readonly SyncEvent[], dayFrom: number): Omit<Activity, 'whole'> {
  const hours = new Map<number, Counts>();
  const sources = new Map<string, Source & { members: Set<string> }>();
  const countries = new Map<string, Set<string>>();
  const [askers, shown] = [new Set<string>(), new Set<string>()];
  for (const event of events) {
    const { numbersNew = 0, reveals = 0, numbersWaiting = 0 } = event;
    const hour = Math.floor(event.at / hourMs);
    const counts = hours.get(hour) ?? { syncs: 0, numbers: 0, reveals: 0, waiting: 0 };
    const isSync = event.way !== 'report';
    counts.syncs += isSync ? 1 : 0;
    counts.numbers += numbersNew;
    counts.reveals += reveals;
    counts.waiting += numbersWaiting;
    hours.set(hour, counts);
    if (event.at >= dayFrom && numbersNew > 0) askers.add(event.member);
    if (event.at >= dayFrom && reveals > 0) shown.add(event.member);
    if (isSync) addSource(event, sources, countries);
  }
  const some = (members: Set<string>) => ({ sample: [...members].slice(0, sampleMax), total: members.size });
  return {
    hours,
    sources: [...sources.values()]
      .map(({ members, ...source }) => ({ ...source, accounts: members.size }))
      .sort((a, b) => b.numbers - a.numbers || b.syncs - a.syncs),
    countryAccounts: new Map([...countries].map(([country, members]) => [country, members.size])),
    askers: some(askers),
    shown: some(shown),
  };
}

function addSource(
  { country = '', asn = 0, operator = '', network = 'unknown', member, numbersNew = 0 }: SyncEvent,
  sources: Map<string, Source & { members: Set<string> }>,
  countries: Map<string, Set<string>>,
): void {
  const key = `${country} ${asn}`;
  const empty = { country, asn, operator, kind: network, accounts: 0, syncs: 0, numbers: 0 };
  const source = sources.get(key) ?? { ...empty, members: new Set<string>() };
  source.members.add(member);
  source.syncs += 1;
  source.numbers += numbersNew;
  sources.set(key, source);
  countries.set(country, (countries.get(country) ?? new Set()).add(member));
}
