import type { Context } from '../context.ts';
import { countOpen, countUnpublished, insertDay, readDay } from './store.ts';

/** What holds for a day: its number since 1970 in UTC, the key of its tags, and how many of their bits name a bucket. */
export interface Day {
  day: number;
  keyVersion: number;
  prefixBits: number;
}

const dayMs = 86_400_000;

export const dayOf = (nowMs: number): number => Math.floor(nowMs / dayMs);

/** Entries that a bucket holds on average: enough to hide in, few enough to fetch. */
const entriesPerBucket = 256;
const prefixBitsMax = 20;

/** Chooses so many bits that a bucket holds about 256 of `open` entries. */
export function prefixBitsFor(open: number): number {
  return Math.min(Math.max(Math.round(Math.log2(Math.max(open, 1) / entriesPerBucket)), 0), prefixBitsMax);
}

/** What each service has found fixed for its last day: every request for a bucket asks. */
const lastFixed = new WeakMap<Context, Day>();

/** Today, as the first who asked has fixed it. A new key is used from the first day on which all are published under it. */
export async function today(context: Context): Promise<Day> {
  const day = dayOf(context.now());
  const last = lastFixed.get(context);
  if (last?.day === day) return last;
  const fixed = (await readDay(context.database, day)) ?? (await fix(context, day));
  lastFixed.set(context, fixed);
  return fixed;
}

async function fix(context: Context, day: number): Promise<Day> {
  const newest = await context.oprf.newest(context.database);
  const behind = newest > 1 && (await countUnpublished(context.database, newest)) > 0;
  const keyVersion = behind ? newest - 1 : newest;
  const prefixBits = prefixBitsFor(await countOpen(context.database, keyVersion));
  await insertDay(context.database, { day, keyVersion, prefixBits });
  return (await readDay(context.database, day))!;
}
