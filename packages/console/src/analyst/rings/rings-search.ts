import { type RingState, ringStates } from '@kith/protocol/study';
import type { RingQuery } from '../data/queries.ts';

export const ringSorts = ['evidence', 'accounts', 'tried', 'revealed', 'since', 'updatedAt'] as const;
export type RingSort = (typeof ringSorts)[number];

/** A view of the queue; the address is the view, so that it can be sent to a colleague. */
export interface RingsSearch {
  /** None means open and throttled: what waits for somebody. */
  state?: RingState[];
  country?: string;
  q?: string;
  sort?: RingSort;
  order?: 'asc' | 'desc';
}

/** What an address says, with all left out that is not understood. */
export function ringsSearch(given: Record<string, unknown>): RingsSearch {
  const states = Array.isArray(given.state)
    ? ringStates.filter((s) => (given.state as unknown[]).includes(s))
    : [];
  const sort = ringSorts.find((name) => name === given.sort);
  return {
    ...(states.length > 0 && { state: states }),
    ...(typeof given.country === 'string' && /^[A-Z]{2}$/.test(given.country) && { country: given.country }),
    ...(typeof given.q === 'string' && given.q !== '' && { q: given.q.slice(0, 200) }),
    ...(sort && { sort }),
    ...((given.order === 'asc' || given.order === 'desc') && { order: given.order }),
  };
}

/** What the hall is asked for a view. */
export function queryOf({ state, country, q, sort = 'evidence', order = 'desc' }: RingsSearch): RingQuery {
  return {
    state: (state ?? ['open', 'throttled']).join(','),
    sort,
    order,
    ...(country && { country }),
    ...(q && { q }),
  };
}
