import type { RingState } from '../data/types.ts';

export type Confidence = 'low' | 'medium' | 'high';

/** A ring as a case names it. */
export interface CaseRing {
  id: string;
  state: RingState;
  accounts: number;
  since: string;
  until: string;
  countries: string[];
  tried: number;
  revealed: number;
}

export interface CaseRecord {
  id: string;
  at: string;
  by: string;
  name?: string;
  text: string;
}

/** One line of a case's story. */
export interface CaseEvent {
  at: string;
  kind: string;
  words: string;
  by?: string;
}

export interface Attribution {
  actor: string;
  sentence: string;
  confidence: Confidence;
  by: string;
  at: string;
}

/** Who publishes the outputs. */
export interface CaseHost {
  name: string;
  contact: string;
  country: string;
}

export interface CaseDetail {
  id: string;
  name: string;
  state: 'open' | 'closed';
  openedAt: string;
  openedBy: string;
  noticedAt?: string;
  rings: CaseRing[];
  notes: CaseRecord[];
  evidence?: CaseRecord[];
  timeline: CaseEvent[];
  attribution?: Attribution;
  host: CaseHost;
  computed?: { at: string; stale?: boolean };
}

/** The figures that every output of a case is made of. */
export interface Figures {
  computedAt: string;
  accounts: number;
  accountsSuspended: number;
  since: string | null;
  until: string | null;
  numbersTried: number;
  membersExposed: number;
  membersExposedByNumber?: number;
  membersErased?: number;
  cardsRevealed: number;
  membersProtected: { total: number; nobody: number; mutual: number; noNumber: number; waiting?: number };
  /** What cannot be known exactly, and how much it can be at most. */
  bounds: { what: string; atMost: number; why: string }[];
  countries: { country: string; accounts: number }[];
  days: { day: string; numbers: number; reveals: number; accounts: number }[];
  others: { searchedAt?: string | null; found: number; nobody: boolean };
  notices?: { total: number; languages: { language: string; notices: number }[] };
}

export interface Exposure {
  state: 'none' | 'running' | 'ready';
  progress?: { done: number; of: number; phase?: string };
  /** While it is computed anew, those from before. */
  figures?: Figures;
}

export interface ExposedMember {
  member: string;
  /** Null where the member has left. */
  name: string | null;
  /** What it had chosen when its card was first shown. */
  setting: string;
  times: { at: string; viewer: string }[];
}

export interface ProtectedMember {
  member: string;
  setting: string;
  at: string;
}

export interface ListPage<Row> {
  members: Row[];
  total?: number;
  next?: string;
}

export interface OutputFile {
  name: string;
  title: string;
  type: string;
  about: string;
}
