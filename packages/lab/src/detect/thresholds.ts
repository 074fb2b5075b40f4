import type { SyncEvent } from '@kith/detection';
import { dayMs, startMs } from './life.ts';

/**
 * The peers: what services have without looking for networks. One number a key (an account, an address), and everybody above a
 * threshold is suspended. Each is given the better of two measures: new numbers in thirty days, and on the worst day.
 */
export type PeerKey = 'account' | 'address';
export type PeerMeasure = 'month' | 'day';

/** New numbers by key, and who stands behind each. */
export class Totals {
  readonly #byDay = new Map<string, Map<number, number>>();
  readonly #members = new Map<string, Set<string>>();
  readonly #key: PeerKey;

  constructor(key: PeerKey) {
    this.#key = key;
  }

  add(event: SyncEvent): void {
    if (event.at < startMs || !event.numbersNew) return;
    const key = this.#key === 'account' ? event.member : (event.prefix ?? '');
    const days = this.#byDay.get(key) ?? new Map<number, number>();
    this.#byDay.set(key, days);
    const day = Math.floor(event.at / dayMs);
    days.set(day, (days.get(day) ?? 0) + event.numbersNew);
    const members = this.#members.get(key) ?? new Set();
    this.#members.set(key, members.add(event.member));
  }

  /** Everything of both; neither is changed. */
  with(others: readonly SyncEvent[]): Totals {
    const both = new Totals(this.#key);
    for (const [key, days] of this.#byDay) both.#byDay.set(key, new Map(days));
    for (const [key, members] of this.#members) both.#members.set(key, new Set(members));
    for (const event of others) both.add(event);
    return both;
  }

  /** Keys with their measure, largest first. */
  ranked(measure: PeerMeasure): { value: number; members: ReadonlySet<string> }[] {
    const rows = [...this.#byDay].map(([key, days]) => {
      const values = [...days.values()];
      const value = measure === 'day' ? Math.max(...values) : values.reduce((sum, each) => sum + each, 0);
      return { value, members: this.#members.get(key) ?? new Set<string>() };
    });
    return rows.sort((a, b) => b.value - a.value);
  }

  above(measure: PeerMeasure, threshold: number): Set<string> {
    const flagged = new Set<string>();
    for (const { value, members } of this.ranked(measure)) {
      if (value <= threshold) break;
      for (const member of members) flagged.add(member);
    }
    return flagged;
  }
}

/**
 * The lowest threshold that suspends no more honest members than allowed, on a world where nobody attacks.
 *
 * @param honestMax members; one is always allowed, in favour of the peers.
 */
export function tune(honest: Totals, measure: PeerMeasure, honestMax: number): number {
  const flagged = new Set<string>();
  for (const { value, members } of honest.ranked(measure)) {
    for (const member of members) flagged.add(member);
    if (flagged.size > Math.max(honestMax, 1)) return value;
  }
  return 0;
}
