/** What the hall answers to analysts. Times are ISO 8601 unless said; counts are numbers. */

export const roles = ['viewer', 'analyst', 'approver', 'admin'] as const;
/** Each role may do what those before it may. */
export type Role = (typeof roles)[number];

export interface Me {
  id: string;
  name: string;
  role: Role;
  mustChangePassword: boolean;
}

export interface Session {
  analyst: Me;
  /** Goes along with every call that changes something. */
  csrf: string;
  expiresAt: string;
}

export interface DemoAnalyst {
  name: string;
  password: string;
  role: Role;
}

export interface SignInWays {
  local: boolean;
  oidc?: { name: string };
  /** Only under `kith dev`. */
  demo?: DemoAnalyst[];
}

export interface Analyst {
  id: string;
  name: string;
  role: Role;
  state: 'active' | 'disabled';
  createdAt: string;
  lastSeenAt?: string;
  way: 'local' | 'oidc';
  /** Said once, after it was made or reset. */
  password?: string;
}

export const ringStates = ['open', 'throttled', 'suspended', 'dismissed'] as const;
export type RingState = (typeof ringStates)[number];

export interface OverviewHour {
  at: string;
  syncs: number;
  numbers: number;
  reveals: number;
  waiting: number;
}

/** How close members are to what they may spend. */
export interface Pressure {
  /** Who asked in the last 24 hours. */
  members: number;
  /** How many of them have nothing left. */
  atLimit: number;
}

export interface CountryFigures {
  /** ISO 3166 alpha-2, '' where unknown. */
  country: string;
  accounts: number;
  syncs: number;
  numbers: number;
  ringAccounts: number;
}

export interface NetworkFigures extends CountryFigures {
  asn: number;
  operator: string;
  /** `hosting`, `tor`, `proxy`, or what else the operator is. */
  kind: string;
}

export interface Overview {
  now: string;
  /** The last 48 hours, every one present. */
  hours: OverviewHour[];
  totals: {
    members: number;
    suspended: number;
    syncs24h: number;
    numbers24h: number;
    reveals24h: number;
    waiting: number;
  };
  pressure: { slots: Pressure; lookups: Pressure; reveals: Pressure };
  rings: Record<RingState, number>;
  countries: CountryFigures[];
  networks: NetworkFigures[];
  lastDetection?: { at: string; events: number; tookMs: number; rings: number };
  watching: boolean;
  watchingProblem?: string;
}

export interface RingSummary {
  id: string;
  state: RingState;
  accounts: number;
  /** Median log odds of the flagged accounts, in nats. */
  evidence: number;
  foundAt: string;
  updatedAt: string;
  since: string;
  until: string;
  countries: string[];
  tried: number;
  revealed: number;
  /** The strongest reasons in words. */
  why: string[];
  actionable: boolean;
  holds: string[];
  cases: string[];
  /** Numbers a day, at most 60 days. */
  timeline: number[];
}

export interface RingPage {
  rings: RingSummary[];
  total: number;
  next?: string;
}

export interface Reason {
  signal: string;
  title: string;
  words: string;
  /** Mean weight over the accounts, in nats. */
  weight: number;
  /** Share of the accounts for which it speaks. */
  share: number;
  hardToEvade: boolean;
}

export interface RingMember {
  member: string;
  evidence: number;
  own: number;
  flagged: boolean;
  isProtected: boolean;
}

export interface RingLink {
  signal: string;
  block: number;
  accounts: number;
  members: number;
  weight: number;
  label: string;
}

export interface Origin {
  country: string;
  asn: number;
  operator: string;
  network: string;
  accounts: number;
  syncs: number;
  numbers: number;
}

export interface RingDay {
  /** Start of the UTC day, milliseconds since 1970. */
  day: number;
  accounts: number;
  syncs: number;
  numbers: number;
  reveals: number;
}

/** One ring, whole; where detection and the summary give the same name, times are the summary's. */
export interface RingDetail extends Omit<RingSummary, 'timeline' | 'tried'> {
  members: RingMember[];
  reasons: Reason[];
  links: RingLink[];
  origins: Origin[];
  prefixes: number;
  devices: number;
  clients: { client: string; accounts: number }[];
  tried: {
    numbers: number;
    rejected: number;
    canaries: number;
    countries: { country: string; numbers: number }[];
  };
  got: { met: number; reveals: number };
  timeline: RingDay[];
}

export interface RingAccount extends RingMember {
  name: string;
  state: 'active' | 'suspended' | 'erased';
  createdAt?: string;
  country: string;
  asn: number;
  operator: string;
  network: string;
  syncs: number;
  numbers: number;
  met: number;
  reveals: number;
}

export interface RingAccounts {
  accounts: RingAccount[];
  total: number;
  next?: string;
}

export interface GraphNode {
  id: string;
  kind: 'account' | 'link';
  label: string;
  evidence?: number;
  flagged?: boolean;
  signal?: string;
  accounts?: number;
  weight?: number;
}

export interface RingGraph {
  nodes: GraphNode[];
  edges: [from: number, to: number, weight: number][];
  /** What did not fit. */
  left: { accounts: number; links: number };
}

export interface Lookalike {
  member: string;
  score: number;
  why: string[];
}

export interface WhoElse {
  searchedAt: string;
  events: number;
  from: string;
  to: string;
  found: Lookalike[];
  near: Lookalike[];
  nobody: boolean;
}

export interface Action {
  id: string;
  ring: string;
  kind: 'suspend';
  state: 'planned' | 'approved' | 'done' | 'undone';
  needsApproval: boolean;
  /** The ring has changed since. */
  stale: boolean;
  plannedBy: string;
  plannedAt: string;
  askedBy?: string;
  askedAt?: string;
  note?: string;
  approvedBy?: string;
  approvedAt?: string;
  doneBy?: string;
  doneAt?: string;
  undoneBy?: string;
  undoneAt?: string;
  accounts: number;
  leftOut: string[];
  progress?: { done: number; of: number };
  summary: {
    accounts: number;
    /** Flagged accounts on the list of protected members, and those suspended before: both left out. */
    protected?: number;
    alreadySuspended?: number;
    looksHonest: number;
    honestLooking?: number;
    why: string[];
    loses: Record<string, number>;
    sample?: { member: string; name: string; why: string[] }[];
    lose?: { people: number; waiting: number; slots: number };
  };
}

export interface LedgerEntry {
  /** Leaf index; null while unsealed. */
  index: number | null;
  id: string;
  /** Whose history it belongs to; `kith:analyst:…` and `kith:ring:…` are no members. */
  member: string;
  /** For reveals the viewer. */
  other?: string;
  kind: string;
  at: string;
  body: Record<string, unknown>;
}

export interface LedgerPage {
  entries: LedgerEntry[];
  /** There may be more, also where this page is short. */
  next?: string;
}

export interface LedgerCheckpoint {
  /** A signed note, C2SP tlog-checkpoint. */
  checkpoint: string;
  size: number;
  /** Base64. */
  rootHash: string;
  /** Ed25519, base64. */
  publicKey: string;
  keyName: string;
}

export interface LedgerProof {
  index: number;
  size: number;
  /** The exact bytes of the leaf, base64. */
  leaf: string;
  /** Hashes from the leaf up, base64. */
  proof: string[];
  checkpoint: string;
}

export interface CaseSummary {
  id: string;
  name: string;
  state: 'open' | 'closed';
  openedAt: string;
  openedBy: string;
  rings: string[];
  accounts: number;
  exposed?: number;
}
