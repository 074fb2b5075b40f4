import { chdbInstalled, type Engine, openChdb } from '../engine/index.ts';
import type { SyncEvent } from '../events/index.ts';

export const withChdb = chdbInstalled();
/** Appended to the names of suites that need the engine, so that a skipped run says why. */
export const chdbReason = withChdb ? '' : ' (skipped: the optional package chdb is not installed)';

let counter = 0;

/** An event with only what a test cares about filled in. */
export function syncEvent(fields: Partial<SyncEvent> & { member: string }): SyncEvent {
  counter++;
  return { id: `event-${counter}`, at: Date.UTC(2026, 9, 1) + counter * 1_000, ...fields };
}

export type ChdbEngine = Engine & { readonly pid: number | undefined };
export const openTestChdb = (): Promise<ChdbEngine> =>
  openChdb({ limits: { memoryBytesMax: 2_000_000_000, threadsMax: 2 } });
