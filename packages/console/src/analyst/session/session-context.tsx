import { type Me, type Role, roles } from '@kith/protocol/study';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { type Call, CallError, createCall } from '../data/call.ts';
import { readSession } from '../data/session-calls.ts';
import type { SessionStore, Standing } from './session-store.ts';

interface Bench {
  store: SessionStore;
  call: Call;
}

const Current = createContext<Bench | undefined>(undefined);

export function SessionProvider({ store, children }: { store: SessionStore; children: ReactNode }) {
  const bench = useMemo(() => ({ store, call: callOf(store) }), [store]);
  return <Current value={bench}>{children}</Current>;
}

function callOf(store: SessionStore): Call {
  const plain = createCall({ csrf: store.csrf });
  return createCall({ csrf: store.csrf, renew: () => renewSession(store, plain) });
}

async function renewSession(store: SessionStore, call: Call): Promise<boolean> {
  const before = store.get();
  const session = await readSession(call).catch(() => undefined);
  if (!session || before.phase !== 'in') return false;
  const isSame = session.analyst.id === before.session.analyst.id;
  const isNews = session.csrf !== before.session.csrf;
  if (isNews) store.signedIn(session);
  return isSame && isNews;
}

/** An empty cache; to be keyed by the analyst, so that nothing of one is ever shown to the next. */
export function QueriesProvider({ children }: { children: ReactNode }) {
  const { store } = useBench();
  const queries = useMemo(() => queryClient(store), [store]);
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}

function useBench(): Bench {
  const bench = useContext(Current);
  if (!bench) throw new TypeError('no session above this component');
  return bench;
}

/** Calls to the hall, as whoever is signed in. */
export function useCall(): Call {
  return useBench().call;
}

export function useSessionStore(): SessionStore {
  return useBench().store;
}

/** The session as it is now. */
export function useStanding(): Standing {
  const { store } = useBench();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The analyst who is signed in. */
export function useWho(): Me {
  const standing = useStanding();
  if (standing.phase !== 'in') throw new TypeError('nobody is signed in above this component');
  return standing.session.analyst;
}

/** Whether the signed-in analyst may do what this role may. The service decides; this only spares useless buttons. */
export function useMay(role: Role): boolean {
  return roles.indexOf(useWho().role) >= roles.indexOf(role);
}

function queryClient(store: SessionStore): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof CallError && error.status === 401) store.refused();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: worthRepeating, retryDelay: 800, staleTime: 10_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Once more, where the service itself says that it may help. */
function worthRepeating(failures: number, error: unknown): boolean {
  return failures < 1 && error instanceof CallError && error.status >= 500;
}
