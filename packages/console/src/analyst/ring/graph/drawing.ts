import type { GraphNode, RingGraph } from '@kith/protocol/study';

/** From so many accounts that hang on one link alone, the link is drawn with its count in their place. */
export const hubLeavesMin = 500;

/** A node of the drawing, at its place in the graph's list. */
export interface DrawnNode extends GraphNode {
  place: number;
  /** Places of what it is tied to. */
  ties: number[];
  /** Of a link: its accounts that are tied to nothing else in this drawing. */
  leaves: number[];
}

/** A ring's graph, made ready to be drawn: who hangs on what. */
export interface Drawing {
  nodes: DrawnNode[];
  edges: RingGraph['edges'];
  left: RingGraph['left'];
  byId: Map<string, DrawnNode>;
}

export function drawingOf({ nodes, edges, left }: RingGraph): Drawing {
  const drawn = nodes.map((node, place): DrawnNode => ({ ...node, place, ties: [], leaves: [] }));
  for (const [from, to] of edges) {
    drawn[from]?.ties.push(to);
    drawn[to]?.ties.push(from);
  }
  for (const node of drawn) {
    if (node.kind === 'account' && node.ties.length === 1) drawn[node.ties[0]!]?.leaves.push(node.place);
  }
  return { nodes: drawn, edges, left, byId: new Map(drawn.map((node) => [node.id, node])) };
}

/** The links, the one with the most accounts first. */
export function linksOf({ nodes }: Drawing): DrawnNode[] {
  return nodes
    .filter(({ kind }) => kind === 'link')
    .sort((a, b) => b.ties.length - a.ties.length || a.place - b.place);
}

/** Ids of the accounts tied to a link. */
export function accountsOf({ nodes }: Drawing, link: DrawnNode): string[] {
  return link.ties.map((place) => nodes[place]!.id);
}

/** Links that start with their leaves folded in. */
export function foldedAtFirst(drawing: Drawing): ReadonlySet<string> {
  return new Set(
    linksOf(drawing)
      .filter(({ leaves }) => leaves.length >= hubLeavesMin)
      .map(({ id }) => id),
  );
}

/** Those whose label or id holds the text, accounts that begin with it first. */
export function search({ nodes }: Drawing, text: string, most = 8): DrawnNode[] {
  const sought = text.trim().toLowerCase();
  if (sought === '') return [];
  const rank = (node: DrawnNode) => {
    const at = node.label.toLowerCase().indexOf(sought);
    return at >= 0 ? Math.min(at, 1) : node.id.toLowerCase().includes(sought) ? 2 : 3;
  };
  return nodes
    .map((node) => ({ node, rank: rank(node) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || a.node.place - b.node.place)
    .slice(0, most)
    .map(({ node }) => node);
}
