import type { EventColumn } from '../events/event.ts';
import type { NetworkKind } from '../network/operators.ts';

/** One account of a ring. */
export interface RingMember {
  member: string;
  /** Log odds of its being an enumerator: the prior, its own evidence and that of its links together, in nats. */
  evidence: number;
  /** What its own behaviour says alone; nobody is flagged by company alone. */
  own: number;
  /** Above the bar. Members below it are shown as near, and nothing may be done to them. */
  flagged: boolean;
  /** On the list of members who are never flagged. */
  isProtected: boolean;
}

/** One reason to believe in a ring, or in the guilt of a lone account. */
export interface Reason {
  signal: string;
  title: string;
  /** The finding in words, of the typical account of the ring. */
  words: string;
  /** Mean weight over the accounts, in nats: +2.3 is ten times likelier from enumerators than from honest members. */
  weight: number;
  /** Share of the accounts for which it speaks (weight above 0.5). */
  share: number;
  hardToEvade: boolean;
}

/** Where traffic left from: countries and networks of addresses, not of people. */
export interface Origin {
  country: string;
  asn: number;
  operator: string;
  network: NetworkKind;
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

/** Why nothing may be done to a ring, for now. */
export type Hold = 'shadow' | 'cap' | 'no_clear_break' | 'protected_only';

/** What ties the accounts together, most telling first. */
export interface RingLink {
  signal: string;
  /** Number of the block, the same on every run over the same events. */
  block: number;
  /** Accounts of the ring in it. */
  accounts: number;
  /** All members in it. */
  members: number;
  weight: number;
  /** The address block, operator, device, client or moment that it is; '' where it is a habit. */
  label: string;
}

/** A drawing's worth of a ring: some of its accounts, its most telling links, and which account has which. */
export interface RingGraph {
  members: string[];
  /** Places in the ring's `links`. */
  links: number[];
  /** Pairs of places in `members` and in `links` of this graph. */
  edges: [member: number, link: number][];
}

/** A network of accounts that act as one. */
export interface Ring {
  /** Stays the same while the ring grows or shrinks. */
  id: string;
  members: RingMember[];
  /** How many accounts are flagged; `members` lists the near ones as well. */
  accounts: number;
  /** Median log odds of the flagged accounts, in nats. */
  evidence: number;
  reasons: Reason[];
  links: RingLink[];
  graph: RingGraph;
  /** First and last event, milliseconds since 1970. */
  since: number;
  until: number;
  origins: Origin[];
  prefixes: number;
  devices: number;
  clients: { client: string; accounts: number }[];
  /** New numbers asked about, and how many could not exist; by country where known. */
  tried: {
    numbers: number;
    rejected: number;
    canaries: number;
    countries: { country: string; numbers: number }[];
  };
  /** What came of it: mutual meetings, and members found by number. */
  got: { met: number; reveals: number };
  timeline: RingDay[];
  holds: Hold[];
  /** True where the guardrails let somebody act on it. */
  actionable: boolean;
}

/** An account whose own evidence clears the bar without belonging to any ring. */
export interface LoneAccount extends RingMember {
  reasons: Reason[];
  holds: Hold[];
  actionable: boolean;
}

/** All that one run found. */
export interface Detection {
  seed: number;
  from: number | null;
  to: number | null;
  events: number;
  /** Members seen, and those who asked about enough to be judged. */
  members: number;
  judged: number;
  /** Log odds from which on accounts were flagged; null where nobody was. */
  bar: number | null;
  rings: Ring[];
  lone: LoneAccount[];
  /** Ids of the signals used, and those that the events could not support. */
  signals: string[];
  silent: { id: string; title: string; needs: readonly EventColumn[] }[];
  tookMs: number;
}
