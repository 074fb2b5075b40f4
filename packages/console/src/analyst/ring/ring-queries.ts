import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CallError } from '../data/call.ts';
import type { Action, CaseSummary, RingDetail, RingGraph, WhoElse } from '../data/types.ts';
import { useCall } from '../session/session-context.tsx';

const pathOf = (id: string) => `/v1/rings/${encodeURIComponent(id)}`;

export function useRing(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['ring', id],
    queryFn: ({ signal }) => call<RingDetail>(pathOf(id), { signal }),
  });
}

/** As many accounts as a drawing stays readable and quick with. */
const drawnMax = 5_000;

export function useRingGraph(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['ring', id, 'graph'],
    queryFn: ({ signal }) =>
      call<RingGraph>(`${pathOf(id)}/graph`, { query: { accounts: drawnMax }, signal }),
    // A drawing that jumps while somebody works on it helps nobody, and each reading is a view in the ledger.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Plans and actions of one ring, newest first. */
export function useRingActions(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['actions', 'of ring', id],
    queryFn: async ({ signal }) => {
      const { actions } = await call<{ actions: Action[] }>('/v1/actions', { signal });
      return actions.filter(({ ring }) => ring === id);
    },
  });
}

/** What the last search for others found; null where nobody has searched. */
export function useWhoElse(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['ring', id, 'who else'],
    queryFn: ({ signal }) => call<WhoElse>(`${pathOf(id)}/who-else`, { signal }).catch(notSearched),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function notSearched(error: unknown): null {
  if (error instanceof CallError && error.code === 'who_else_not_searched') return null;
  throw error;
}

export function useSearchWhoElse(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<WhoElse>(`${pathOf(id)}/who-else`, { method: 'POST' }),
    onSuccess: (result) => queries.setQueryData(['ring', id, 'who else'], result),
  });
}

export interface Dismissal {
  state: 'dismissed' | 'open';
  note?: string;
}

/** What an analyst may decide about a ring without a plan. */
export function useRingDecisions(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  // Those who keep the list and the ring on their screen see it as soon as the decision stands.
  const onSuccess = () => queries.invalidateQueries({ predicate: ({ queryKey: [of] }) => of !== 'actions' });
  const dismiss = useMutation({
    mutationFn: (body: Dismissal) => call(pathOf(id), { method: 'PATCH', body }),
    onSuccess,
  });
  const throttle = useMutation({
    mutationFn: () => call(`${pathOf(id)}/throttle`, { method: 'POST', body: {} }),
    onSuccess,
  });
  return { dismiss, throttle };
}

/** Makes a plan; whoever is left out is left out from the start. */
export function usePlanSuspension(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (leaveOut: readonly string[]) => {
      const plan = await call<Action>('/v1/actions', { method: 'POST', body: { ring: id, kind: 'suspend' } });
      if (leaveOut.length === 0) return plan;
      return call<Action>(`/v1/actions/${plan.id}`, { method: 'PATCH', body: { leaveOut } });
    },
    onSuccess: (plan) => {
      queries.setQueryData(['action', plan.id], plan);
      return queries.invalidateQueries({ queryKey: ['actions'] });
    },
  });
}

export function useOpenCases(enabled: boolean) {
  const call = useCall();
  return useQuery({
    queryKey: ['cases'],
    queryFn: async ({ signal }) => (await call<{ cases: CaseSummary[] }>('/v1/cases', { signal })).cases,
    enabled,
  });
}

/** Puts a ring into a case that there is, or into a new one of this name. */
export function useAddToCase(ring: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: { id: string } | { name: string }) =>
      'id' in to
        ? call<{ id: string }>(`/v1/cases/${encodeURIComponent(to.id)}`, {
            method: 'PATCH',
            body: { addRings: [ring] },
          })
        : call<{ id: string }>('/v1/cases', { method: 'POST', body: { name: to.name, rings: [ring] } }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['cases'] }),
        queries.invalidateQueries({ queryKey: ['case'] }),
        queries.invalidateQueries({ queryKey: ['ring', ring], exact: true }),
      ]),
  });
}
