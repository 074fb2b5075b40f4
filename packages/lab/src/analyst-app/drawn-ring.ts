import type { RingGraph, RingLink } from '@kith/detection';
import type { MemberLine } from '@kith/protocol';
import { dayMs } from '../harness/clock.ts';
import { type Ring, ringOf } from './rings.ts';
import type { AnalystApp } from './start-analyst-app.ts';

export interface DrawnRing {
  id: string;
  accounts: number;
  /** How many share one thing; default 40. */
  perLink?: number;
  /** Names of the first accounts, in place of made-up ones. */
  names?: readonly string[];
}

/** Makes members and stores a ring of them that has something to draw. */
export async function putDrawnRing(app: AnalystApp, drawn: DrawnRing): Promise<Ring> {
  await app.kith.host.importMembers(membersOf(drawn, app.kith.clock.now()));
  const ring = drawnRing(drawn, app.kith.clock.now());
  await app.putRings(ring);
  return ring;
}

const idOf = (ring: string, at: number) => `${ring}-${String(at).padStart(6, '0')}`;

function* membersOf({ id, accounts, names = [] }: DrawnRing, now: number): Generator<MemberLine> {
  const createdAt = new Date(now - 30 * dayMs).toISOString();
  for (let at = 0; at < accounts; at += 1) {
    const member = idOf(id, at);
    const card = { name: names[at] ?? `Account ${at}`, handle: `h${at}` };
    yield { id: member, discoverable: 'nobody', card, createdAt };
  }
}

function drawnRing({ id, accounts, perLink = 40 }: DrawnRing, untilMs: number): Ring {
  const members = Array.from({ length: accounts }, (_, at) => idOf(id, at));
  const ring = ringOf({ id, members, untilMs, countries: ['IR', 'IL', 'MY'] });
  const count = Math.max(2, Math.ceil(accounts / perLink));
  const links = Array.from({ length: count }, (_, at) => linkOf(at, perLink));
  return {
    ...ring,
    members: ring.members.map((member, at) => ({ ...member, evidence: 20 - (10 * at) / accounts })),
    links,
    graph: graphOf(members, count),
  };
}

const signals = ['shared-address', 'shared-device', 'signup-burst', 'shared-network'] as const;

function linkOf(at: number, accounts: number): RingLink {
  const signal = signals[at % signals.length]!;
  const label = `5.${112 + Math.floor(at / 256)}.${at % 256}.0/24`;
  return { signal, block: at, accounts, members: accounts + 1, weight: 3, label };
}

/** Every account has one link, every other one the next as well. */
function graphOf(members: string[], count: number): RingGraph {
  const edges = members.flatMap((_, at): [number, number][] => {
    const home = at % count;
    const also = (home + 1) % count;
    return at % 2 === 0
      ? [[at, home]]
      : [
          [at, home],
          [at, also],
        ];
  });
  return { members, links: Array.from({ length: count }, (_, at) => at), edges };
}
