import { KithError, KithHttp, type KithHttpOptions, newDeviceId } from '@kith/client';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { SessionStore } from './session-store.ts';

/** How this browser speaks to Kith as its member. */
export type Connection = Pick<KithHttpOptions, 'origin' | 'token' | 'deviceId'>;

interface SignedIn {
  kith: KithHttp;
  connection: Connection;
  /** Which demo member this is, under `kith dev`. */
  demoId: string | undefined;
  signOut: () => void;
}

const Store = createContext<SessionStore | undefined>(undefined);
const Current = createContext<SignedIn | undefined>(undefined);

export const SessionProvider = Store;

/** The session store of this tab. */
export function useSessionStore(): SessionStore {
  const store = useContext(Store);
  if (!store) throw new TypeError('no session store above this component');
  return store;
}

/** The session as it is now. */
export function useSession() {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The signed-in member's client and ways out. */
export function useSignedIn(): SignedIn {
  const current = useContext(Current);
  if (!current) throw new TypeError('nobody is signed in above this component');
  return current;
}

/** A client and an empty cache; to be keyed by the token, so that nothing of one member is ever shown to the next. */
export function SignedInProvider({
  token,
  demoId,
  children,
}: {
  token: string;
  demoId?: string | undefined;
  children: ReactNode;
}) {
  const store = useSessionStore();
  const connection = useMemo(() => ({ origin: '', token, deviceId: deviceId() }), [token]);
  const kith = useMemo(() => new KithHttp(connection), [connection]);
  const queries = useMemo(() => queryClient(store), [store]);
  const value = useMemo(
    () => ({ kith, connection, demoId, signOut: () => store.signOut('chosen') }),
    [kith, connection, demoId, store],
  );
  return (
    <Current value={value}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </Current>
  );
}

function queryClient(store: SessionStore): QueryClient {
  const onError = (error: unknown) => leaveIfRefused(store, error);
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // The HTTP client has repeated already what is worth repeating, and says itself when there is no network.
      queries: { retry: false, staleTime: 10_000, networkMode: 'always', refetchOnReconnect: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Signs out when the service refused the token. */
function leaveIfRefused(store: SessionStore, error: unknown): void {
  if (!(error instanceof KithError) || error.status !== 401) return;
  store.signOut(error.code === 'token_expired' ? 'ended' : 'refused');
}

function deviceId(): string {
  const key = 'kith-device';
  try {
    const kept = localStorage.getItem(key);
    if (kept) return kept;
    const fresh = newDeviceId();
    localStorage.setItem(key, fresh);
    return fresh;
  } catch {
    return newDeviceId();
  }
}
