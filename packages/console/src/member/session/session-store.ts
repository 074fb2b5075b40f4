/** Why nobody is signed in, when somebody was. */
export type LeftBecause = 'ended' | 'refused' | 'chosen';

/** What a tab keeps of its member. */
interface Kept {
  token: string;
  /** The member's own verified number, where the host's app or the member has said it; the service never does. */
  number?: string | undefined;
  demoId?: string | undefined;
}

/** How a member comes in. */
export type SignIn = Kept;

type Session = ({ signedIn: true } & Kept) | { signedIn: false; because?: LeftBecause };

/** As much of `sessionStorage` as this needs. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface SessionStore {
  get: () => Session;
  subscribe: (listener: () => void) => () => void;
  signIn: (member: SignIn) => void;
  /** Keeps the member's own number, or forgets one that has proved wrong. */
  setNumber: (number: string | undefined) => void;
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
    signIn: (member) => change({ signedIn: true, ...member }),
    setNumber: (number) => session.signedIn && change({ ...session, number }),
    // Several calls may be refused at once; the first says why.
    signOut: (because) => session.signedIn && change({ signedIn: false, because }),
  };
}

/**
 * Who `#token=…&number=…` says has come, by which a host's app opens this one; a fragment is never sent to any server. The
 * number is the member's own, as the host has verified it: with it the private way need not ask.
 */
export function signInOfFragment(hash: string): SignIn | undefined {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const token = given.get('token')?.trim();
  if (!token) return undefined;
  // A plus sign that was not escaped arrives as a space.
  const number = given.get('number')?.replace(/^ ?\+?/, '+');
  return number && /^\+[1-9]\d{6,14}$/.test(number) ? { token, number } : { token };
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
    const { signedIn, ...kept } = session;
    if (signedIn) shelf.setItem(key, JSON.stringify(kept));
    else shelf.removeItem(key);
  } catch {
    // Storage may be forbidden; the session then lasts as long as the page.
  }
}

function isKept(kept: unknown): kept is Kept {
  return typeof kept === 'object' && kept !== null && 'token' in kept && typeof kept.token === 'string';
}
