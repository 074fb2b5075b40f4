/** One round of the algorithm on bare arrays, which the package has but does not type. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  interface Settings {
    linLogMode: boolean;
    outboundAttractionDistribution: boolean;
    adjustSizes: boolean;
    edgeWeightInfluence: number;
    scalingRatio: number;
    strongGravityMode: boolean;
    gravity: number;
    slowDown: number;
    barnesHutOptimize: boolean;
    barnesHutTheta: number;
  }
  function iterate(settings: Settings, nodes: Float32Array, edges: Float32Array): object;
  export = iterate;
}
