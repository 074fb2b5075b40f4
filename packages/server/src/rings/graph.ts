import { linkSignals, type RingLink, type RingMember, type RingGraph as Sketch } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { GraphNode, RingGraph } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { readRing, readRingGraph, readRingMembers } from './store.ts';

/**
 * @param accountsMax how many accounts to draw; of more, an even sample
 * @throws Problem `ring_unknown`
 */
export async function getGraph(context: Context, ringId: string, accountsMax: number): Promise<RingGraph> {
  const row = await readRing(context.database, ringId);
  const graph = await readRingGraph(context.database, ringId);
  if (!row || !graph) throw new Problem('ring_unknown');
  const members = await readRingMembers(context.database, ringId);
  return drawGraph(graph, row.body.links, members, { accountsMax, accounts: row.accounts });
}

export function drawGraph(
  graph: Sketch,
  links: readonly RingLink[],
  members: readonly RingMember[],
  { accountsMax, accounts }: { accountsMax: number; accounts: number },
): RingGraph {
  const known = new Map(members.map((member) => [member.member, member]));
  const step = Math.max(1, Math.ceil(graph.members.length / accountsMax));
  const placeOfAccount = new Map<number, number>();
  const nodes: GraphNode[] = graph.members.flatMap((id, at) => {
    if (at % step !== 0) return [];
    placeOfAccount.set(at, placeOfAccount.size);
    const member = known.get(id);
    return [
      {
        id,
        kind: 'account' as const,
        label: id,
        ...(member && { evidence: member.evidence, flagged: member.flagged }),
      },
    ];
  });
  const shown = graph.links.map((place) => links[place]);
  const edges = graph.edges.flatMap(([member, link]): RingGraph['edges'] => {
    const from = placeOfAccount.get(member);
    return from === undefined ? [] : [[from, placeOfAccount.size + link, shown[link]?.weight ?? 1]];
  });
  for (const [at, link] of shown.entries()) nodes.push(linkNode(link, at));
  return {
    nodes,
    edges,
    left: {
      accounts: Math.max(accounts - placeOfAccount.size, 0),
      links: Math.max(links.length - shown.length, 0),
    },
  };
}

function linkNode(link: RingLink | undefined, at: number): GraphNode {
  const id = `link:${link?.block ?? at}`;
  if (!link) return { id, kind: 'link', label: '' };
  const { signal, label, accounts, weight } = link;
  return { id, kind: 'link', label: label || titleOf(signal), signal, accounts, weight };
}

/** A habit has no value to show, only its kind. */
const titleOf = (signal: string): string => linkSignals.find(({ id }) => id === signal)?.title ?? signal;
