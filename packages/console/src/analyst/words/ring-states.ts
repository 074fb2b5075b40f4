import type { RingState } from '@kith/protocol/study';

/** What the state of a ring is called, and what it means for its accounts. */
export const ringStateWords: Record<RingState, { title: string; means: string }> = {
  open: { title: 'Open', means: 'found, and waiting for a decision' },
  throttled: { title: 'Throttled', means: 'its accounts share one budget' },
  suspended: { title: 'Suspended', means: 'its accounts learn nothing more' },
  dismissed: { title: 'Dismissed', means: 'looked at, and left alone' },
};

const holds: Record<string, string> = {
  shadow: 'Shadow mode: rings are shown and nothing is done to them',
  cap: 'More accounts were flagged than the policy lets be acted on at once',
  no_clear_break: 'No clear break between these accounts and honest ones',
  protected_only: 'All of its accounts are protected',
};

/** Why nothing may be done to a ring for now, as a sentence. */
export function holdWords(hold: string): string {
  return holds[hold] ?? hold.replaceAll('_', ' ');
}
