import type { Action, RingDetail, RingGraph, WhoElse } from '@kith/protocol/study';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../data/queries.ts';
import { useCall } from '../session/session-context.tsx';

const pathOf = (id: string) => `/v1/rings/${encodeURIComponent(id)}`;

export function useRing(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['ring', id],
    queryFn: ({ signal }) => call<RingDetail>(pathOf(id), { signal }),
    // Somebody else may decide meanwhile.
    refetchInterval: 15_000,
  });
}

/** As many accounts as a drawing stays readable and quick with. */
const drawnMax = 5_000;

export function useRingGraph(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['ring graph', id],
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
    queryKey: ['who else', id],
    queryFn: ({ signal }) =>
      call<WhoElse | undefined>(`${pathOf(id)}/who-else`, { signal }).then((found) => found ?? null),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSearchWhoElse(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<WhoElse>(`${pathOf(id)}/who-else`, { method: 'POST' }),
    onSuccess: (result) => queries.setQueryData(['who else', id], result),
  });
}

/** Holds the accounts of a ring together to what one member may spend. */
export function useThrottle(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call(`${pathOf(id)}/throttle`, { method: 'POST', body: {} }),
    // Those who keep the list and the ring on their screen see it as soon as the decision stands.
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.ring }),
        queries.invalidateQueries({ queryKey: keys.rings }),
      ]),
  });
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
