import type { CallOptions, KithHttp } from '@kith/client';
import type { SyncAnswer } from '@kith/protocol';

/** How much of a sending is done, in numbers. */
export interface Progress {
  done: number;
  total: number;
}

export interface Sending {
  numbers: readonly string[];
  /** The whole address book: what was sent before and is not in it is forgotten. */
  whole: boolean;
}

/** What the service said to all parts of a sending together; `index` of a rejection counts in all of `numbers`. */
export type Sent = Omit<SyncAnswer, 'budget'>;

type Kith = Pick<KithHttp, 'putContacts' | 'patchContacts'>;

/** The most that one call may carry, and what an addition carries at a time so that progress can be shown. */
const wholeMax = 50_000;
const partMax = 1_000;

/**
 * Sends numbers, the plain way. A whole book goes in one call, so that it is accepted entirely or not at all; only what is
 * beyond one call follows as additions. Sending again after a failure costs nothing: repeats are free.
 */
export async function sendBook(
  kith: Kith,
  { numbers, whole }: Sending,
  onProgress: (progress: Progress) => void,
  options: CallOptions = {},
): Promise<Sent> {
  const total = numbers.length;
  let sent: Sent = { accepted: 0, new: 0, waiting: 0, rejected: [] };
  let done = 0;
  onProgress({ done, total });
  for (const part of partsOf(numbers, whole)) {
    const replaces = whole && done === 0;
    const answer = replaces
      ? await kith.putContacts({ numbers: part }, options)
      : await kith.patchContacts({ add: part }, options);
    sent = together(sent, answer, done);
    done += part.length;
    onProgress({ done, total });
  }
  return sent;
}

/** A whole book has a first part even when it is empty: sending that forgets what was there. */
function partsOf(numbers: readonly string[], whole: boolean): string[][] {
  const first = whole ? [numbers.slice(0, wholeMax)] : [];
  const rest: string[][] = [];
  for (let at = whole ? wholeMax : 0; at < numbers.length; at += partMax)
    rest.push(numbers.slice(at, at + partMax));
  return [...first, ...rest];
}

/** Counts add up; what waits is the state after the last part. */
function together(
  before: Sent,
  { accepted, new: fresh, waiting, waitingUntil, rejected }: SyncAnswer,
  offset: number,
): Sent {
  return {
    accepted: before.accepted + accepted,
    new: before.new + fresh,
    waiting,
    ...(waitingUntil !== undefined && { waitingUntil }),
    rejected: [...before.rejected, ...rejected.map(({ index, code }) => ({ index: index + offset, code }))],
  };
}
