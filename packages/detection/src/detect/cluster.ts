import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import type { Evidence, Pool } from './evidence.ts';
import { seededRandom } from './random.ts';

/** The package is CommonJS: what Node imports as default is the function that its types call `default`. */
const louvain = louvainModule as unknown as typeof louvainModule.default;

/** Places in the pool of the members of one cluster, ascending. */
export type Cluster = number[];

/**
 * Below 1, so that a network which uses twenty address blocks but one client is one cluster, while two networks that share
 * only an operator stay two.
 */
const resolution = 0.4;

/**
 * Clusters members by what they share. Members and blocks are the nodes of a bipartite graph (a block of a thousand costs a
 * thousand edges, not half a million), weights of links its edges; communities by the Louvain method (Blondel and others,
 * 2008), in a fixed order and with a seeded generator, so that equal input gives equal clusters.
 *
 * @param eligible which members of the pool may be in a cluster.
 */
export function clusterMembers(
  pool: Pool,
  evidence: Evidence,
  eligible: readonly boolean[],
  seed: number,
): Cluster[] {
  const graph = new UndirectedGraph();
  const shared = sharedBlocks(evidence, eligible);
  for (const [member, links] of evidence.links.entries()) {
    if (!eligible[member]) continue;
    for (const { block, weight } of links) {
      if (shared.has(block)) graph.mergeEdge(`m${member}`, `b${block}`, { weight });
    }
  }
  const communities =
    graph.size === 0
      ? {}
      : louvain(graph, { resolution, rng: seededRandom(seed), randomWalk: false, getEdgeWeight: 'weight' });
  const clusters = new Map<number, Cluster>();
  for (let member = 0; member < pool.members.length; member++) {
    if (!eligible[member]) continue;
    const community = communities[`m${member}`] ?? -1 - member;
    const cluster = clusters.get(community);
    if (cluster) cluster.push(member);
    else clusters.set(community, [member]);
  }
  return [...clusters.values()];
}

function sharedBlocks(evidence: Evidence, eligible: readonly boolean[]): Set<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const [member, links] of evidence.links.entries()) {
    if (!eligible[member]) continue;
    for (const { block } of links) {
      if (seen.has(block)) shared.add(block);
      seen.add(block);
    }
  }
  return shared;
}
