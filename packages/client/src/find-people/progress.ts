/** What `findPeople` is at: own keys and parameters, meetings, lookups, today's buckets, the list of people. */
export type Phase = 'prepare' | 'mutual' | 'lookup' | 'buckets' | 'people';

/** How far it is. Phases come in the order above; `total` counts contacts, and is known when a phase begins. */
export interface Progress {
  phase: Phase;
  done: number;
  total: number;
}
