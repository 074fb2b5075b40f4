/** What the worker is given: places as x and y by turns, edges as pairs of nodes. */
export interface LayoutRequest {
  places: Float32Array;
  /** Size of each node; larger ones keep others farther away. */
  masses: Float32Array;
  edges: Uint32Array;
  weights: Float32Array;
  rounds: number;
}

/** Places so far; after the last answer nothing moves any more. */
export interface LayoutAnswer {
  places: Float32Array;
  done: boolean;
}
