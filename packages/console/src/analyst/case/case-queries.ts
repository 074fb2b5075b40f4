import type {
  CaseChange,
  CaseDetail,
  Exposure,
  NewEvidence,
  NewNote,
  OutputFile,
} from '@kith/protocol/study';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCall } from '../session/session-context.tsx';

const pathOf = (id: string) => `/v1/cases/${encodeURIComponent(id)}`;
const keyOf = (id: string) => ['case', id];

export function useCase(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => call<CaseDetail>(pathOf(id), { signal }),
    refetchInterval: 20_000,
  });
}

export function useChangeCase(id: string) {
  return useCaseCall(id, (change: CaseChange) => ({
    path: pathOf(id),
    method: 'PATCH' as const,
    body: change,
  }));
}

export function useAddNote(id: string) {
  return useCaseCall(id, (note: NewNote) => ({
    path: `${pathOf(id)}/notes`,
    method: 'POST' as const,
    body: note,
  }));
}

export function useAddEvidence(id: string) {
  return useCaseCall(id, (evidence: NewEvidence) => ({
    path: `${pathOf(id)}/evidence`,
    method: 'POST' as const,
    body: evidence,
  }));
}

interface CaseCall {
  path: string;
  method: 'PATCH' | 'POST';
  body: unknown;
}

/** A change, after which the case and the list of cases are read again. */
function useCaseCall<Input>(id: string, make: (input: Input) => CaseCall) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, method, body } = make(input);
      return call(path, { method, body });
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keyOf(id) }),
        queries.invalidateQueries({ queryKey: ['cases'] }),
      ]),
  });
}

/** How often is asked how far a computation has come. */
const pauseMs = 1_000;

export function useExposure(id: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['exposure', id],
    queryFn: ({ signal }) => call<Exposure>(`${pathOf(id)}/exposure`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? pauseMs : false),
  });
}

export function useComputeExposure(id: string) {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<Exposure>(`${pathOf(id)}/exposure`, { method: 'POST' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['exposure', id] }),
  });
}

/** A list of people; each page read is a view that the ledger records, so it is read once. */
export function useMembers<Row>(id: string, list: 'exposure/members' | 'protected', computedAt: string) {
  const call = useCall();
  const query = useInfiniteQuery({
    queryKey: ['case members', id, list, computedAt],
    queryFn: ({ pageParam, signal }) =>
      call<{ members: Row[]; next?: string }>(`${pathOf(id)}/${list}`, {
        query: { after: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...query, members: query.data?.pages.flatMap(({ members }) => members) ?? [] };
}

export function useOutputs(id: string, computedAt: string) {
  const call = useCall();
  return useQuery({
    queryKey: ['outputs', id, computedAt],
    queryFn: async ({ signal }) =>
      (await call<{ files: OutputFile[] }>(`${pathOf(id)}/outputs`, { signal })).files,
  });
}

export function outputAddress(id: string, name: string): string {
  return `${pathOf(id)}/outputs/${encodeURIComponent(name)}`;
}

export function useSendNotices(id: string) {
  const call = useCall();
  return useMutation({
    mutationFn: () =>
      call<{ queued: number }>(`${pathOf(id)}/notices`, { method: 'POST', body: { way: 'webhook' } }),
  });
}

export function useNewCase() {
  const call = useCall();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call<CaseDetail>('/v1/cases', { method: 'POST', body: { name } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
}
