import type { EventStore } from '@kith/detection';
import type { CountryTraffic, NetworkTraffic, Overview } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { countRings, readRun } from '../rings/store.ts';
import { type Activity, activityIn, activityInLedger, entriesMax, type Source } from './activity.ts';
import { pressureOn } from './pressure.ts';
import { readRingOrigins, readTotals } from './store.ts';

const hourMs = 3_600_000;
const hoursShown = 48;
const networksShown = 50;

/** What is happening now, over the last two days. */
export async function readOverview(context: Context, events: EventStore | undefined): Promise<Overview> {
  const { database } = context;
  const now = context.now();
  const firstHour = Math.floor(now / hourMs) - hoursShown + 1;
  const since = { from: firstHour * hourMs, dayFrom: now - 24 * hourMs };
  const { activity, problem } = await readActivity(context, events, since);
  const origins = await readRingOrigins(database);
  const run = await readRun(database);
  const hours = hoursOf(activity, firstHour);
  const day = hours.slice(-24);
  const sum = (name: 'syncs' | 'numbers' | 'reveals') => day.reduce((total, hour) => total + hour[name], 0);
  return {
    now: new Date(now).toISOString(),
    hours,
    totals: {
      ...(await readTotals(database)),
      syncs24h: sum('syncs'),
      numbers24h: sum('numbers'),
      reveals24h: sum('reveals'),
    },
    pressure: {
      slots: await pressureOn(context, 'slots', activity.askers),
      lookups: await pressureOn(context, 'lookups', activity.askers),
      reveals: await pressureOn(context, 'reveals', activity.shown),
    },
    rings: await countRings(database),
    countries: countriesOf(activity, origins),
    networks: networksOf(activity.sources, origins),
    ...(run && { lastDetection: { ...run, at: run.at.toISOString() } }),
    watching: problem === undefined,
    ...(problem !== undefined && { watchingProblem: problem }),
  };
}

async function readActivity(
  { database }: Context,
  events: EventStore | undefined,
  since: { from: number; dayFrom: number },
): Promise<{ activity: Activity; problem?: string }> {
  const watched = events && (await activityIn(events, since).catch(() => undefined));
  if (watched) return { activity: watched };
  const activity = await activityInLedger(database, since);
  const reason = events ? 'The event store does not answer' : 'There is no event store';
  const reach = activity.whole ? '' : `; these figures are of the last ${entriesMax} entries of the ledger`;
  return { activity, problem: `${reason}, so nothing is watched${reach}` };
}

/** Every hour is there, also where nothing happened. */
function hoursOf({ hours }: Activity, first: number) {
  return Array.from({ length: hoursShown }, (_, at) => ({
    at: new Date((first + at) * hourMs).toISOString(),
    ...(hours.get(first + at) ?? { syncs: 0, numbers: 0, reveals: 0, waiting: 0 }),
  }));
}

type RingOrigins = Awaited<ReturnType<typeof readRingOrigins>>;

function countriesOf({ sources, countryAccounts }: Activity, origins: RingOrigins): CountryTraffic[] {
  const countries = new Map<string, CountryTraffic>();
  const of = (country: string) => {
    const known = countries.get(country);
    if (known) return known;
    const accounts = countryAccounts.get(country) ?? 0;
    const fresh = { country, accounts, syncs: 0, numbers: 0, ringAccounts: 0 };
    countries.set(country, fresh);
    return fresh;
  };
  for (const { country, syncs, numbers } of sources) {
    of(country).syncs += syncs;
    of(country).numbers += numbers;
  }
  for (const { country, accounts } of origins) of(country).ringAccounts += accounts;
  return [...countries.values()].sort((a, b) => b.numbers - a.numbers || (a.country < b.country ? -1 : 1));
}

function networksOf(sources: readonly Source[], origins: RingOrigins): NetworkTraffic[] {
  const inRings = new Map(origins.map(({ country, asn, accounts }) => [`${country} ${asn}`, accounts]));
  return sources
    .slice(0, networksShown)
    .map(({ asn, operator, kind, country, accounts, syncs, numbers }) => ({
      asn,
      operator,
      kind,
      country,
      accounts,
      syncs,
      numbers,
      ringAccounts: inRings.get(`${country} ${asn}`) ?? 0,
    }));
}
