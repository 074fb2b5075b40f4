/** Why nobody is signed in, when somebody was. */
export type LeftBecause = 'ended' | 'refused' | 'chosen';

type Session =
  | { signedIn: true; token: string; demoId?: string }
  | { signedIn: false; because?: LeftBecause };

/** As much of `sessionStorage` as this needs. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface SessionStore {
  get: () => Session;
  subscribe: (listener: () => void) => () => void;
  signIn: (token: string, demoId?: string) => void;
  signOut: (because: LeftBecause) => void;
}

const key = 'kith-session';

/**
 * Who is signed in, in this tab alone: a member token is kept in `sessionStorage`, so that it does not outlive the tab and
 * two tabs may be two members.
 */
export function createSessionStore(shelf: Shelf): SessionStore {
  let session = recall(shelf);
  const listeners = new Set<() => void>();
  const change = (next: Session) => {
    session = next;
    keep(shelf, next);
    for (const listener of listeners) listener();
  };
  return {
    get: () => session,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: (token, demoId) => change({ signedIn: true, token, ...(demoId !== undefined && { demoId }) }),
    // Several calls may be refused at once; the first says why.
    signOut: (because) => session.signedIn && change({ signedIn: false, because }),
  };
}

/** The token of `#token=…`, by which a host's app opens this one; a fragment is never sent to any server. */
export function tokenOfFragment(hash: string): string | undefined {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token')?.trim();
  return token || undefined;
}

function recall(shelf: Shelf): Session {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(key) ?? 'null');
    return isKept(kept) ? { signedIn: true, ...kept } : { signedIn: false };
  } catch {
    return { signedIn: false };
  }
}

function keep(shelf: Shelf, session: Session): void {
  try {
    if (session.signedIn)
      shelf.setItem(key, JSON.stringify({ token: session.token, demoId: session.demoId }));
    else shelf.removeItem(key);
  } catch {
    // Storage may be forbidden; the session then lasts as long as the page.
  }
}

function isKept(kept: unknown): kept is { token: string; demoId?: string } {
  return typeof kept === 'object' && kept !== null && 'token' in kept && typeof kept.token === 'string';
}
