import type { Drawing } from '../drawing.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-messages.ts';

/** Enough for the eye; more of them move little, and large graphs take longer a round. */
const roundsFor = (nodes: number) => Math.round(Math.min(400, Math.max(90, 500_000 / Math.max(nodes, 1))));

interface Layout {
  /** Ends it wherever it is. */
  stop: () => void;
}

/** Lets a graph settle in a worker, and tells where its nodes are from time to time. */
export function settle(
  drawing: Drawing,
  start: Float32Array,
  onPlaces: (places: Float32Array, done: boolean) => void,
): Layout {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  const stop = () => worker.terminate();
  worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
    onPlaces(data.places, data.done);
    if (data.done) stop();
  };
  // Where no worker starts the first places stay, which are readable by themselves.
  worker.onerror = () => onPlaces(start, true);
  worker.postMessage(requestOf(drawing, start));
  return { stop };
}

function requestOf({ nodes, edges }: Drawing, start: Float32Array): LayoutRequest {
  return {
    places: start,
    masses: Float32Array.from(nodes, ({ kind, ties }) => (kind === 'link' ? 2 + Math.sqrt(ties.length) : 1)),
    edges: Uint32Array.from(edges.flatMap((edge) => edge.slice(0, 2))),
    weights: Float32Array.from(edges, ([, , weight]) => weight),
    rounds: roundsFor(nodes.length),
  };
}
