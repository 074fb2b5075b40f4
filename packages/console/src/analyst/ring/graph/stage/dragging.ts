import type Sigma from 'sigma';

/** Lets nodes be dragged; where one is dropped it stays, whatever the layout does. */
export function makeDraggable(sigma: Sigma, onPinned: (place: number, x: number, y: number) => void): void {
  const graph = sigma.getGraph();
  let dragged: string | undefined;
  let hasMoved = false;
  sigma.on('downNode', ({ node }) => {
    dragged = node;
    hasMoved = false;
    // Otherwise dragging one to the side would rescale all the others.
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
  });
  sigma.on('moveBody', ({ event, preventSigmaDefault }) => {
    if (dragged === undefined) return;
    const { x, y } = sigma.viewportToGraph(event);
    graph.mergeNodeAttributes(dragged, { x, y });
    hasMoved = true;
    preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  });
  const drop = () => {
    if (dragged !== undefined && hasMoved) {
      const { x, y } = graph.getNodeAttributes(dragged);
      onPinned(Number(dragged), Number(x), Number(y));
    }
    dragged = undefined;
  };
  sigma.on('upNode', drop);
  sigma.on('upStage', drop);
}
