import type { default as Sigma } from 'sigma';
import type { Drawing, DrawnNode } from '../drawing.ts';
import { isInside, type Point } from '../lasso.ts';
import { settle } from '../layout/layout.ts';
import { startPlaces } from '../layout/start-places.ts';
import { makeDraggable } from './dragging.ts';
import { hoverIn, labelIn } from './labels.ts';
import { lookOf, nothingDone, type View } from './looks.ts';
import { type Palette, readPalette } from './palette.ts';
import { pictureOf } from './picture.ts';

export interface StageEvents {
  onNode: (node: DrawnNode | undefined) => void;
  onPinned: (pinned: ReadonlySet<number>) => void;
  onSettled: () => void;
}

/** A drawn graph: what the page tells it and asks of it. */
export interface Stage {
  look: (view: View) => void;
  /** Colours anew, after a change of theme. */
  recolour: () => void;
  /** Flies to a node. */
  goTo: (node: DrawnNode) => void;
  zoom: (by: 'in' | 'out' | 'all') => void;
  unpin: () => void;
  /** Ids of the accounts inside a line drawn by hand, with those folded into a link inside it. Pixels of the stage. */
  within: (polygon: readonly Point[]) => string[];
  picture: () => Promise<Blob>;
  /** Where the nodes are, x and y by turns. */
  places: () => Float32Array;
  end: () => void;
}

/**
 * Draws a graph and lets it settle. The library touches WebGL as soon as it is loaded, so that happens here and not before.
 *
 * @throws where the browser has no WebGL
 */
export async function createStage(
  container: HTMLElement,
  drawing: Drawing,
  events: StageEvents,
): Promise<Stage> {
  const [{ default: Sigma }, { UndirectedGraph }, { Discs, Lines }] = await Promise.all([
    import('sigma'),
    import('graphology'),
    import('./programs.ts'),
  ]);
  const scene = sceneOf(container, drawing);
  const graph = new UndirectedGraph();
  for (const { place } of drawing.nodes) graph.addNode(place, pointOf(scene.places, place));
  for (const [from, to] of drawing.edges) graph.mergeEdge(from, to, { size: 0.9 });
  const sigma = new Sigma(graph, container, {
    ...settingsIn(scene.palette),
    nodeProgramClasses: { circle: Discs },
    edgeProgramClasses: { line: Lines },
    nodeReducer: (key, data) => ({
      ...data,
      ...lookOf(drawing.nodes[Number(key)]!, drawing, scene.view, scene.palette),
    }),
  });
  sigma.on('clickNode', ({ node }) => events.onNode(drawing.nodes[Number(node)]));
  sigma.on('clickStage', () => events.onNode(undefined));
  makeDraggable(sigma, (place, x, y) => {
    scene.pinned.add(place);
    [scene.places[place * 2], scene.places[place * 2 + 1]] = [x, y];
    events.onPinned(new Set(scene.pinned));
  });
  const layout = settle(drawing, scene.places, (next, done) => {
    moveTo(scene, drawing, next);
    putAll(sigma, scene.places);
    if (done) events.onSettled();
  });
  const end = () => {
    layout.stop();
    sigma.kill();
  };
  return { ...controlsOf(sigma, scene, drawing, container, events), end };
}

/** What the drawing is made of at the moment. */
interface Scene {
  palette: Palette;
  view: View;
  /** x and y by turns. */
  places: Float32Array;
  /** Nodes that stay where somebody has put them. */
  pinned: Set<number>;
}

function sceneOf(container: HTMLElement, drawing: Drawing): Scene {
  return {
    palette: readPalette(container),
    view: nothingDone,
    places: startPlaces(drawing),
    pinned: new Set(),
  };
}

function pointOf(places: Float32Array, place: number): Point {
  return { x: places[place * 2]!, y: places[place * 2 + 1]! };
}

function moveTo({ places, pinned }: Scene, { nodes }: Drawing, next: Float32Array): void {
  for (const { place } of nodes) {
    if (!pinned.has(place)) places.set(next.subarray(place * 2, place * 2 + 2), place * 2);
  }
}

function controlsOf(
  sigma: Sigma,
  scene: Scene,
  drawing: Drawing,
  container: HTMLElement,
  events: StageEvents,
): Omit<Stage, 'end'> {
  return {
    look: (next) => {
      scene.view = next;
      sigma.refresh({ skipIndexation: true, schedule: true });
    },
    recolour: () => {
      scene.palette = readPalette(container);
      sigma.setSettings(settingsIn(scene.palette));
    },
    goTo: (node) => flyTo(sigma, node),
    zoom: (by) => void zoomed(sigma, by),
    unpin: () => {
      scene.pinned.clear();
      events.onPinned(new Set());
    },
    within: (polygon) => within(sigma, drawing, scene.view, polygon),
    picture: () => pictureOf(sigma, scene.palette.paper),
    places: () => scene.places,
  };
}

function settingsIn(palette: Palette) {
  return {
    allowInvalidContainer: true,
    hideEdgesOnMove: true,
    renderEdgeLabels: false,
    zIndex: true,
    defaultEdgeColor: palette.edge,
    minEdgeThickness: 0.6,
    labelFont: palette.font,
    labelSize: 12,
    labelWeight: '500',
    labelDensity: 0.3,
    labelGridCellSize: 130,
    labelRenderedSizeThreshold: 7,
    minCameraRatio: 0.02,
    maxCameraRatio: 4,
    defaultDrawNodeLabel: labelIn(palette.paper, palette.ink),
    defaultDrawNodeHover: hoverIn(palette.paper, palette.ink, palette.edge),
  };
}

function putAll(sigma: Sigma, places: Float32Array): void {
  sigma.getGraph().updateEachNodeAttributes(
    (key, data) => {
      const at = Number(key) * 2;
      return Object.assign(data, { x: places[at], y: places[at + 1] });
    },
    { attributes: ['x', 'y'] },
  );
}

function flyTo(sigma: Sigma, { place }: DrawnNode): void {
  const data = sigma.getNodeDisplayData(String(place));
  if (!data) return;
  const camera = sigma.getCamera();
  void camera.animate(
    { x: data.x, y: data.y, ratio: Math.min(camera.ratio, 0.35) },
    { duration: flightMs() },
  );
}

function zoomed(sigma: Sigma, by: 'in' | 'out' | 'all'): Promise<void> {
  const camera = sigma.getCamera();
  const how = { duration: flightMs() };
  if (by === 'all') return camera.animatedReset(how);
  return by === 'in' ? camera.animatedZoom(how) : camera.animatedUnzoom(how);
}

/** One frame for those who do not want to be flown about. */
function flightMs(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : 250;
}

function within(sigma: Sigma, drawing: Drawing, view: View, polygon: readonly Point[]): string[] {
  const graph = sigma.getGraph();
  const inside = drawing.nodes.filter(({ place }) => {
    const { x, y } = graph.getNodeAttributes(String(place)) as Point;
    return isInside(sigma.graphToViewport({ x, y }), polygon);
  });
  const ids = inside.flatMap((node) => {
    if (node.kind === 'link')
      return view.folded.has(node.id) ? node.leaves.map((place) => drawing.nodes[place]!.id) : [];
    const home = drawing.nodes[node.ties[0] ?? -1];
    return node.ties.length === 1 && home && view.folded.has(home.id) ? [] : [node.id];
  });
  return [...new Set(ids)];
}
