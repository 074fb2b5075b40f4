import type {
  Analyst,
  CaseSummary,
  LedgerPage,
  Overview,
  RingPage,
  RingState,
  Role,
} from '@kith/protocol/study';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCall } from '../session/session-context.tsx';
import { readWays } from './session-calls.ts';

/** The first words of the keys under which answers are kept. */
export const keys = {
  overview: ['overview'],
  rings: ['rings'],
  ring: ['ring'],
  analysts: ['analysts'],
} as const;

/** Whether the service is a demo, where anybody may play the attack. */
export function useIsDemo(): boolean {
  const call = useCall();
  const ways = useQuery({
    queryKey: ['ways'],
    queryFn: ({ signal }) => readWays(call, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (ways.data?.demo ?? []).length > 0;
}

/** What is happening now. The stream keeps it fresh; without one it is asked for again now and then. */
export function useOverview(isLive: boolean) {
  const call = useCall();
  return useQuery({
    queryKey: keys.overview,
    queryFn: ({ signal }) => call<Overview>('/v1/overview', { signal }),
    refetchInterval: isLive ? false : 30_000,
  });
}

export interface RingQuery {
  state?: string;
  country?: string;
  q?: string;
  sort: string;
  order: string;
}

export function useRings(query: RingQuery, limit: number) {
  const call = useCall();
  return useInfiniteQuery({
    queryKey: [...keys.rings, query, limit],
    queryFn: ({ signal, pageParam: after }) =>
      call<RingPage>('/v1/rings', { query: { ...query, limit, after }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** Dismisses rings, or opens them again, one after the other; says how many could be. */
export function useSetRingState() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, state, note }: { ids: string[]; state: RingState; note?: string }) => {
      const results = await Promise.allSettled(
        ids.map((id) =>
          call(`/v1/rings/${encodeURIComponent(id)}`, {
            method: 'PATCH',
            body: { state, ...(note && { note }) },
          }),
        ),
      );
      return outcomeOf(results);
    },
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Plans the suspension of each ring; nothing happens to anybody by it. */
export function usePlanSuspensions() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]) => {
      const plan = (ring: string) =>
        call<{ id: string }>('/v1/actions', { method: 'POST', body: { ring, kind: 'suspend' } });
      return outcomeOf(await Promise.allSettled(ids.map(plan)));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['actions'] }),
  });
}

interface Outcome<Value> {
  done: Value[];
  /** Why the others could not be, the first of them. */
  error?: unknown;
  failed: number;
}

function outcomeOf<Value>(results: readonly PromiseSettledResult<Value>[]): Outcome<Value> {
  const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = results.filter((result) => result.status === 'rejected');
  return { done, failed: refused.length, ...(refused[0] && { error: refused[0].reason }) };
}

export function useOpenCases(enabled: boolean) {
  const call = useCall();
  return useQuery({
    queryKey: ['cases'],
    queryFn: ({ signal }) => call<{ cases: CaseSummary[] }>('/v1/cases', { signal }),
    enabled,
  });
}

/** Adds rings to a case that there is, or opens one for them. */
export function useAddToCase() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ rings, to }: { rings: string[]; to: { id: string } | { name: string } }) =>
      'id' in to
        ? call<CaseSummary>(`/v1/cases/${encodeURIComponent(to.id)}`, {
            method: 'PATCH',
            body: { addRings: rings },
          })
        : call<CaseSummary>('/v1/cases', { method: 'POST', body: { name: to.name, rings } }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export interface LedgerQuery {
  member?: string;
  kind?: string;
  ring?: string;
  from?: string;
  to?: string;
}

export function useLedger(query: LedgerQuery) {
  const call = useCall();
  return useInfiniteQuery({
    queryKey: ['ledger', query],
    queryFn: ({ signal, pageParam: after }) =>
      call<LedgerPage>('/v1/ledger', { query: { ...query, limit: 50, after }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useAnalysts() {
  const call = useCall();
  return useQuery({
    queryKey: keys.analysts,
    queryFn: ({ signal }) => call<{ analysts: Analyst[] }>('/v1/analysts', { signal }),
  });
}

export interface AnalystChange {
  role?: Role;
  state?: Analyst['state'];
  resetPassword?: true;
}

export function useChangeAnalyst() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: AnalystChange & { id: string }) =>
      call<Analyst>(`/v1/analysts/${encodeURIComponent(id)}`, { method: 'PATCH', body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.analysts }),
  });
}

export function useAddAnalyst() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; role: Role }) =>
      call<Analyst>('/v1/analysts', { method: 'POST', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.analysts }),
  });
}
