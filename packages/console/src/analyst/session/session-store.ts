import type { Session } from '@kith/protocol/study';

/** Who is signed in, as far as this page knows. */
export type Standing =
  | { phase: 'asking' }
  | { phase: 'unreachable'; error: unknown }
  | { phase: 'out'; because?: 'chosen' | 'ended' }
  /** `ended`: the service no longer takes the session, but what the analyst was doing is still on the page. */
  | { phase: 'in'; session: Session; ended: boolean };

export interface SessionStore {
  get: () => Standing;
  subscribe: (listener: () => void) => () => void;
  set: (standing: Standing) => void;
  signedIn: (session: Session) => void;
  signedOut: (because: 'chosen' | 'ended') => void;
  /** The service refused the session while somebody was at work. */
  refused: () => void;
  csrf: () => string | undefined;
}

/** The cookie is out of reach of scripts; what is kept here lives as long as the page. */
export function createSessionStore(): SessionStore {
  let standing: Standing = { phase: 'asking' };
  const listeners = new Set<() => void>();
  const set = (next: Standing) => {
    standing = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => standing,
    set,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signedIn: (session) => set({ phase: 'in', session, ended: false }),
    signedOut: (because) => set({ phase: 'out', because }),
    refused: () => {
      if (standing.phase === 'in' && !standing.ended) set({ ...standing, ended: true });
    },
    csrf: () => (standing.phase === 'in' ? standing.session.csrf : undefined),
  };
}
