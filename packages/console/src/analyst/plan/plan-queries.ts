import type { Action } from '@kith/protocol/study';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CallError } from '../data/call.ts';
import { keys } from '../data/queries.ts';
import { useCall } from '../session/session-context.tsx';

const keyOf = (id: string) => ['action', id];
const pathOf = (id: string) => `/v1/actions/${encodeURIComponent(id)}`;

/** How often a plan is read again: while something is under way, and while others may be looking at it too. */
const pauseMs = { acting: 700, waiting: 5_000 };

export function usePlan(id: string, isActing: boolean) {
  const call = useCall();
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => call<Action>(pathOf(id), { signal }),
    refetchInterval: isActing ? pauseMs.acting : pauseMs.waiting,
    staleTime: 0,
  });
}

/** A step of a plan: the answer is the plan as it is then. */
export type Step = 'approve' | 'act' | 'undo';

/**
 * Takes a step. Where the answer is lost nobody knows whether it was taken, so it is never sent again by itself: the plan is
 * read, and says.
 */
export function useStep(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  const [failedAt, setFailedAt] = useState(0);
  const mutation = useMutation({
    mutationFn: (step: Step) => call<Action>(`${pathOf(id)}/${step}`, { method: 'POST' }),
    onSuccess: (plan) => queries.setQueryData(keyOf(id), plan),
    onError: async () => {
      setFailedAt(Date.now());
      // What was asked before the failure does not tell what came of it.
      await queries.cancelQueries({ queryKey: keyOf(id) });
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keyOf(id) }),
        queries.invalidateQueries({ queryKey: keys.ring }),
        queries.invalidateQueries({ queryKey: keys.rings }),
        queries.invalidateQueries({ queryKey: ['actions'] }),
      ]),
  });
  return { ...mutation, failedAt };
}

/** A step that is taken, was taken, or failed at `failedAt`, ms since 1970. */
export type StepTaken = ReturnType<typeof useStep>;

/** Whether a failure leaves it open if the step was taken. */
export function isUnknown(error: unknown): boolean {
  return (
    error instanceof CallError &&
    (error.status === 0 || error.status >= 500 || error.code === 'answer_invalid')
  );
}

export function useAsk(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) =>
      call<Action>(`${pathOf(id)}/ask`, {
        method: 'POST',
        body: note.trim() === '' ? {} : { note: note.trim() },
      }),
    onSuccess: (plan) => queries.setQueryData(keyOf(id), plan),
  });
}

export function useLeaveOut(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (leaveOut: readonly string[]) =>
      call<Action>(pathOf(id), { method: 'PATCH', body: { leaveOut } }),
    onSuccess: (plan) => queries.setQueryData(keyOf(id), plan),
  });
}
