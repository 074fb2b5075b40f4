import type { NetworkKind } from '../network/operators.ts';

/**
 * What a batch of numbers looked like, counted where the numbers were seen and then forgotten (plain way only). No field lets
 * anyone tell a number.
 */
export interface NumberSketch {
  /** Numbers that the counts below speak of; usually all new ones. */
  numbers: number;
  /** Of them, those that no other member has ever asked about. */
  solitary: number;
  /** Of them, those with a neighbour at most 10 away in the same batch. */
  inRuns: number;
  /** Distinct leading seven digits (country code included) among them. */
  prefixes: number;
  /** The most common country of the numbers, ISO 3166 alpha-2; '' where none is known. */
  country: string;
  /** How many of the numbers are of that country. */
  countryNumbers: number;
}

/** SQL condition: an event is a sync, not a report about earlier ones. */
export const isSyncSql = "way != 'report'";

/**
 * One sync or one private batch, or a report of what came of earlier ones. Numbers themselves are never in it. What is missing is
 * unknown: signals that need it are silent, not zero.
 */
export interface SyncEvent {
  /** Unique for ever; an event that arrives twice with the same id (and the same member and time) counts once. */
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Opaque id of the account. */
  member: string;
  /** When the account was made, milliseconds since 1970. */
  memberCreatedAt?: number;
  /** /24 or /48 as text, from `addressPrefix`. */
  prefix?: string;
  asn?: number;
  operator?: string;
  /** Country of the address, ISO 3166 alpha-2. */
  country?: string;
  network?: NetworkKind;
  /** The device, as the host's app names it. */
  device?: string;
  /** The client software, as its User-Agent names it. */
  client?: string;
  /** `report`: no sync, but something learnt later about earlier ones; it counts for what it holds, not as activity. */
  way?: 'plain' | 'private' | 'report';
  /** The member's setting: whoever hides from everybody meets nobody, and is compared with others who hide. */
  discoverable?: 'nobody' | 'mutual' | 'anyone';
  /** Numbers this member had never asked about. */
  numbersNew?: number;
  numbersRepeated?: number;
  /** Numbers refused as impossible: wrong length, ranges that no operator holds. */
  numbersRejected?: number;
  /** Numbers that a spent budget made wait. */
  numbersWaiting?: number;
  /** Contacts that turned out mutual. */
  slotsMet?: number;
  /** Of them, those with members older than 30 days. */
  slotsMetEstablished?: number;
  /** Members found by number without being mutual (queued or shown). */
  reveals?: number;
  /** Canaries touched. */
  canaries?: number;
  /** People found earlier whom the member then wrote to, called or added, as the host reports. */
  followed?: number;
  sketch?: NumberSketch;
}

/** The columns of the event table that a source of events may lack. */
export type EventColumn =
  | 'created'
  | 'prefix'
  | 'asn'
  | 'country'
  | 'network'
  | 'device'
  | 'client'
  | 'discoverable'
  | 'numbers_new'
  | 'numbers_rejected'
  | 'numbers_waiting'
  | 'slots_met'
  | 'reveals'
  | 'canaries'
  | 'followed'
  | 'sketch'
  | 'shape'
  | 'number_country';

export const eventColumns: readonly EventColumn[] = [
  'created',
  'prefix',
  'asn',
  'country',
  'network',
  'device',
  'client',
  'discoverable',
  'numbers_new',
  'numbers_rejected',
  'numbers_waiting',
  'slots_met',
  'reveals',
  'canaries',
  'followed',
  'sketch',
  'shape',
  'number_country',
];

/** An event as one row of the event table; empty text and 0 stand for unknown. */
export function eventRow(event: SyncEvent): Record<string, string | number> {
  const { sketch } = event;
  return {
    id: event.id,
    at: whole(event.at),
    member: event.member,
    created: whole(event.memberCreatedAt),
    prefix: event.prefix ?? '',
    asn: whole(event.asn),
    operator: short(event.operator),
    country: event.country ?? '',
    network: event.network ?? 'unknown',
    device: short(event.device),
    client: short(event.client),
    way: event.way ?? '',
    discoverable: event.discoverable ?? '',
    numbers_new: whole(event.numbersNew),
    numbers_repeated: whole(event.numbersRepeated),
    numbers_rejected: whole(event.numbersRejected),
    numbers_waiting: whole(event.numbersWaiting),
    slots_met: whole(event.slotsMet),
    slots_met_established: whole(event.slotsMetEstablished),
    reveals: whole(event.reveals),
    canaries: whole(event.canaries),
    followed: whole(event.followed),
    sketched: whole(sketch?.numbers),
    solitary: whole(sketch?.solitary),
    in_runs: whole(sketch?.inRuns),
    number_prefixes: whole(sketch?.prefixes),
    number_country: sketch?.country ?? '',
    number_country_count: whole(sketch?.countryNumbers),
  };
}

/** Events as the lines that `Engine.insertLines` takes. */
export function eventLines(events: readonly SyncEvent[]): string {
  return events.map((event) => `${JSON.stringify(eventRow(event))}\n`).join('');
}

const textLengthMax = 200;

function short(text: string | undefined): string {
  return (text ?? '').slice(0, textLengthMax);
}

function whole(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}
