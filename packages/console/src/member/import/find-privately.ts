import { IndexedDbStore, Kith, type Progress as StepProgress } from '@kith/client';
import { deviceStoreName } from '../data/device-store.ts';
import type { Connection } from '../session/session-context.tsx';
import type { Sending } from './send-book.ts';

/** Who looks, as far as the device must know it. */
export interface Looker {
  memberId: string;
  /** The verified number in E.164 form, or null for a member without one. It is not sent. */
  number: string | null;
  connection: Connection;
}

/** What came of looking; `index` of a rejection counts in the numbers given. */
export interface Found {
  waiting: number;
  waitingUntil?: string;
  rejected: { index: number; code: string }[];
  /** Issuers that gave false keys, by their index from 1. */
  lyingIssuers?: number[];
}

/**
 * Looks for people in the private way: nothing that leaves this function for the network holds a number. A whole book
 * also withdraws who is no longer in it, and what was sent in the plain way before: once this has succeeded, so that
 * nobody who is met in both ways goes missing meanwhile.
 */
export async function findPrivately(
  { memberId, number, connection }: Looker,
  { numbers, whole }: Sending,
  onProgress: (progress: StepProgress) => void,
  signal: AbortSignal,
): Promise<Found> {
  const store = new IndexedDbStore(deviceStoreName(memberId));
  const kith = new Kith({ ...connection, number, store });
  try {
    const { people: _, ...found } = await kith.findPeople(numbers, { onProgress, signal, whole });
    if (whole) await kith.http.putContacts({ numbers: [] }, { signal });
    return found;
  } finally {
    kith.close();
  }
}
