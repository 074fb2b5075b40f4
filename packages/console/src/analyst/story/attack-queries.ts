import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CallError } from '../data/call.ts';
import { useCall } from '../session/session-context.tsx';

/** How the attack of the guided demo stands. */
export interface AttackStatus {
  state: 'none' | 'running' | 'done';
  progress: { done: number; of: number };
  accounts: number;
  numbers: number;
  startedAt?: string;
  problem?: string;
}

const path = '/v1/dev/attack';
const key = ['attack'];
const oftenMs = 1_500;

/** The attack of the demo; null where the service is none. */
export function useAttack() {
  const call = useCall();
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<AttackStatus | null> => {
      try {
        return await call<AttackStatus>(path, { signal });
      } catch (error) {
        if (error instanceof CallError && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (query.state.data?.state === 'running' ? oftenMs : false),
  });
}

/** Starts it, or starts another. */
export function useStartAttack() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call(path, { method: 'POST', body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}
