import { KithError } from '@kith/client';
import type { Discoverable, Me } from '@kith/protocol';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSignedIn } from '../session/session-context.tsx';
import { forgetDeviceStore } from './device-store.ts';

const keys = { me: ['me'], people: ['people'], exposure: ['exposure'], budget: ['budget'] } as const;

/** How often pages ask anew, in ms: quickly while look-ups are running. A hidden tab does not ask at all. */
const oftenMs = 4_000;
const seldomMs = 30_000;

export function useMe() {
  const { kith } = useSignedIn();
  return useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => kith.me({ signal }),
    refetchInterval: seldomMs,
  });
}

export function useBudget() {
  const { kith } = useSignedIn();
  return useQuery({
    queryKey: keys.budget,
    queryFn: ({ signal }) => kith.budget({ signal }),
    refetchInterval: (query) => (query.state.data?.waiting ? oftenMs : seldomMs),
  });
}

export function useExposure() {
  const { kith } = useSignedIn();
  return useQuery({
    queryKey: keys.exposure,
    queryFn: ({ signal }) => kith.exposure({ signal }),
    refetchInterval: seldomMs,
  });
}

export function usePeople() {
  const { kith } = useSignedIn();
  return useInfiniteQuery({
    queryKey: keys.people,
    queryFn: ({ pageParam, signal }) => kith.people({ after: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: oftenMs,
  });
}

/** Saves the setting; it shows at once and is taken back when the service does not accept it. */
export function useSetDiscoverable() {
  const { kith } = useSignedIn();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (discoverable: Discoverable) => kith.setDiscoverable(discoverable),
    onMutate: async (discoverable) => {
      await queries.cancelQueries({ queryKey: keys.me });
      const before = queries.getQueryData<Me>(keys.me);
      if (before) queries.setQueryData<Me>(keys.me, { ...before, discoverable });
      return { before };
    },
    onSuccess: (me) => queries.setQueryData<Me>(keys.me, me),
    onError: (_error, _asked, context) => queries.setQueryData<Me>(keys.me, context?.before),
    // Asking anew also finds out why a change was refused: a suspended member is told so by every call.
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Deletes every contact of mine at Kith, and what this browser has worked out for the private way. */
export function useDeleteContacts() {
  const { kith } = useSignedIn();
  const refresh = useRefresh();
  const me = useMe().data;
  return useMutation({
    mutationFn: async () => {
      await kith.deleteContacts();
      if (me) forgetDeviceStore(me.id);
    },
    onSuccess: refresh,
  });
}

/** Asks everything anew, after a change that may have moved all of it. */
export function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries();
}

/** Whether a failure means that the account is suspended. */
export function isSuspended(error: unknown): boolean {
  return error instanceof KithError && error.code === 'member_suspended';
}
