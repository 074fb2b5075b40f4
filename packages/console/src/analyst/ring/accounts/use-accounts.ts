import type { RingAccounts } from '@kith/protocol/study';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCall } from '../../session/session-context.tsx';

export const accountSorts = [
  'member',
  'evidence',
  'own',
  'country',
  'numbers',
  'reveals',
  'createdAt',
] as const;
export type AccountSort = (typeof accountSorts)[number];

/** Which accounts of a ring, in which order. */
export interface AccountsView {
  sort: AccountSort;
  order: 'asc' | 'desc';
  q: string;
  /** Only those that synced in this time, ISO 8601. */
  span?: { from: string; to: string } | undefined;
}

/** A first page that comes at once, then as much as the service gives: every page is a view that its ledger records. */
const firstPage = 200;
const pageMax = 5_000;

/** The accounts of a ring, a page after the other as they are asked for. */
export function useAccounts(ring: string, { sort, order, q, span }: AccountsView) {
  const call = useCall();
  const query = useInfiniteQuery({
    queryKey: ['ring accounts', ring, sort, order, q, span?.from, span?.to],
    queryFn: ({ pageParam, signal }) =>
      call<RingAccounts>(`/v1/rings/${encodeURIComponent(ring)}/accounts`, {
        query: { sort, order, q, ...span, after: pageParam, limit: pageParam ? pageMax : firstPage },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    // Every reading again would stand in the ledger as another look at these people.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ accounts }) => accounts) ?? [], [query.data]);
  const total = query.data?.pages.at(-1)?.total ?? 0;
  return { ...query, rows, total };
}
