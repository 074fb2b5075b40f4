import type { upsertRing } from '@kith/server';
import { dayMs } from '../harness/clock.ts';

export type Ring = Parameters<typeof upsertRing>[1];

export interface RingSketch {
  id: string;
  members: readonly string[];
  untilMs: number;
  countries?: readonly string[];
  evidence?: number;
  numbers?: number;
  words?: readonly string[];
  holds?: Ring['holds'];
}

const days = 14;

/** A ring as detection would have found it, from what matters to a test. */
export function ringOf(sketch: RingSketch): Ring {
  const { id, members, untilMs, countries = ['IR'], evidence = 14, numbers = 100_000, holds = [] } = sketch;
  const words = sketch.words ?? ['held 20,000 numbers each', 'signed up within the same 20 minutes'];
  const since = untilMs - days * dayMs;
  return {
    id,
    members: members.map((member) => ({ member, evidence, own: 9, flagged: true, isProtected: false })),
    accounts: members.length,
    evidence,
    reasons: words.map((sentence, at) => ({
      signal: `signal-${at}`,
      title: `Signal ${at}`,
      words: sentence,
      weight: 5 - at,
      share: 1,
      hardToEvade: at === 0,
    })),
    links: [],
    graph: { members: [...members].slice(0, 10), links: [], edges: [] },
    since,
    until: untilMs,
    origins: countries.map((country, at) => ({
      country,
      asn: 24940 + at,
      operator: `Operator ${at}`,
      network: 'hosting',
      accounts: members.length,
      syncs: members.length * days,
      numbers: Math.round(numbers / countries.length),
    })),
    prefixes: 3,
    devices: 2,
    clients: [],
    tried: { numbers, rejected: 10, canaries: 2, countries: [] },
    got: { met: 0, reveals: 40 },
    timeline: Array.from({ length: days }, (_, day) => ({
      day: Math.floor(since / dayMs + day) * dayMs,
      accounts: members.length,
      syncs: members.length,
      numbers: Math.round((numbers / days) * (0.5 + day / days)),
      reveals: 3,
    })),
    holds,
    actionable: holds.length === 0,
  };
}
