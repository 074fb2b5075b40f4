import type { Bucket, BudgetReport } from '@kith/protocol';
import { counted, grouped } from './counts.ts';
import { type Clock, untilWords } from './times.ts';

export type BudgetName = 'slots' | 'lookups' | 'reveals';

/** What each budget is to the member who has it. */
export const budgetWords: Record<BudgetName, { title: string; what: string }> = {
  slots: {
    title: 'Contacts to meet',
    what: 'New numbers you may place for mutual meetings. You meet only those who have saved you too.',
  },
  lookups: {
    title: 'Open look-ups',
    what: 'New numbers checked against the people who let anyone with their number find them.',
  },
  reveals: {
    title: 'Names by number alone',
    what: 'How many of those people you may be shown. Mutual meetings never count here.',
  },
};

export interface MeterWords {
  /** 0 to 1. */
  share: number;
  state: 'full' | 'some' | 'low' | 'empty';
  left: string;
  refill: string;
  full: string;
}

/** A budget as a meter with its words; low is under a fifth. */
export function meterOf(bucket: Bucket, clock: Clock): MeterWords {
  const share = bucket.capacity > 0 ? Math.min(1, Math.max(0, bucket.left / bucket.capacity)) : 0;
  const full = share === 1;
  return {
    share,
    state: full ? 'full' : bucket.left <= 0 ? 'empty' : share < 0.2 ? 'low' : 'some',
    left: `${grouped(Math.max(0, bucket.left))} of ${grouped(bucket.capacity)} left`,
    refill: `${grouped(bucket.perDay)} more each day`,
    full: full ? 'Full' : `Full again ${untilWords(bucket.fullAt, clock)}`,
  };
}

/** What waits for budget, and until when; undefined when nothing does. */
export function waitingWords(
  { waiting, waitingUntil }: Pick<BudgetReport, 'waiting' | 'waitingUntil'>,
  clock: Clock,
): string | undefined {
  if (waiting <= 0) return undefined;
  const who = `${counted(waiting, 'number')} ${waiting === 1 ? 'is' : 'are'} waiting for ${waiting === 1 ? 'its' : 'their'} turn`;
  if (!waitingUntil) return `${who}, which comes by itself.`;
  const last = waiting === 1 ? 'It runs' : 'The last one runs';
  return `${who}. ${last} by itself ${untilWords(waitingUntil, clock)}.`;
}
