import type { Action } from '@kith/protocol/study';

/** What the state of a plan is called, and what it means. */
export const planStates: Record<Action['state'], { title: string; means: string }> = {
  planned: { title: 'Plan to suspend', means: 'Nothing has happened yet.' },
  approved: { title: 'Approved suspension', means: 'Two people agree. Nothing has happened yet.' },
  done: {
    title: 'Suspended',
    means: 'Their tokens are refused, and nobody sees them. It can be undone, exactly.',
  },
  undone: { title: 'Undone suspension', means: 'Those accounts are what they were before.' },
};
