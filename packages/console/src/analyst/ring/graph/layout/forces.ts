import iterate from 'graphology-layout-forceatlas2/iterate.js';
import type { LayoutRequest } from './layout-messages.ts';

/** Fields of a node and of an edge in the arrays of the package. */
const perNode = 10;
const perEdge = 3;

const settings = {
  linLogMode: false,
  outboundAttractionDistribution: false,
  adjustSizes: false,
  edgeWeightInfluence: 0,
  scalingRatio: 2,
  strongGravityMode: true,
  gravity: 0.04,
  slowDown: 4,
  barnesHutTheta: 0.9,
};

/**
 * ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian, PLoS ONE 2014), round by round, without chance: the same start gives
 * the same end.
 */
export class Forces {
  readonly #nodes: Float32Array;
  readonly #edges: Float32Array;
  readonly #barnesHut: boolean;

  constructor({ places, masses, edges, weights }: LayoutRequest) {
    const count = masses.length;
    this.#barnesHut = count > 1_000;
    this.#nodes = new Float32Array(count * perNode);
    for (let node = 0; node < count; node += 1) {
      const at = node * perNode;
      // Two nodes at the very same place would push each other nowhere.
      this.#nodes[at] = places[node * 2]! + (node % 7) * 1e-3;
      this.#nodes[at + 1] = places[node * 2 + 1]! + (node % 11) * 1e-3;
      this.#nodes[at + 6] = masses[node]!;
      this.#nodes[at + 7] = 1;
      this.#nodes[at + 8] = 1;
    }
    this.#edges = new Float32Array(weights.length * perEdge);
    for (let edge = 0; edge < weights.length; edge += 1) {
      this.#edges[edge * perEdge] = edges[edge * 2]! * perNode;
      this.#edges[edge * perEdge + 1] = edges[edge * 2 + 1]! * perNode;
      this.#edges[edge * perEdge + 2] = weights[edge]!;
    }
  }

  /** One round. */
  step(): void {
    iterate({ ...settings, barnesHutOptimize: this.#barnesHut }, this.#nodes, this.#edges);
  }

  /** Where the nodes are now, x and y by turns. */
  places(): Float32Array {
    const count = this.#nodes.length / perNode;
    const places = new Float32Array(count * 2);
    for (let node = 0; node < count; node += 1) {
      places[node * 2] = this.#nodes[node * perNode]!;
      places[node * 2 + 1] = this.#nodes[node * perNode + 1]!;
    }
    return places;
  }
}
