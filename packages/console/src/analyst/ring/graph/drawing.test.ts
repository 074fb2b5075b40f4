import type { RingGraph } from '@kith/protocol/study';
import { describe, expect, it } from 'vitest';
import { accountsOf, drawingOf, foldedAtFirst, hubLeavesMin, linksOf, search } from './drawing.ts';
import { graphml } from './graphml.ts';
import { isInside } from './lasso.ts';
import { Forces } from './layout/forces.ts';
import { startPlaces } from './layout/start-places.ts';

/** Accounts a0, a1, ... each on `home` and every third on the other link as well. */
function graphOf(accounts: number): RingGraph {
  const nodes: RingGraph['nodes'] = Array.from({ length: accounts }, (_, at) => ({
    id: `a${at}`,
    kind: 'account',
    label: `Account ${at}`,
  }));
  nodes.push({ id: 'l0', kind: 'link', label: '5.112.0.0/24', signal: 'shared-address' });
  nodes.push({ id: 'l1', kind: 'link', label: 'Pixel <4> & "co"\u0000', signal: 'shared-device' });
  const edges = Array.from({ length: accounts }, (_, at): RingGraph['edges'] =>
    at % 3 === 0
      ? [
          [at, accounts, 2],
          [at, accounts + 1, 3],
        ]
      : [[at, accounts, 2]],
  ).flat();
  return { nodes, edges, left: { accounts: 0, links: 0 } };
}

describe('the drawing of a ring', () => {
  it('knows what hangs on one thing alone, and ranks what is shared', () => {
    const drawing = drawingOf(graphOf(9));
    const [first, second] = linksOf(drawing);
    expect([first!.id, second!.id]).toEqual(['l0', 'l1']);
    expect(accountsOf(drawing, second!)).toEqual(['a0', 'a3', 'a6']);
    expect(first!.leaves).toHaveLength(6);
    expect(second!.leaves).toEqual([]);
  });

  it('folds hubs from a size on', () => {
    const folded = (accounts: number) => [...foldedAtFirst(drawingOf(graphOf(accounts)))];
    expect(folded(30)).toEqual([]);
    expect(folded(hubLeavesMin * 1.5)).toEqual(['l0']);
    expect(folded(hubLeavesMin * 1.5 - 3)).toEqual([]);
  });

  it('is searched by name and id, names that begin with the text first', () => {
    const drawing = drawingOf(graphOf(30));
    expect(search(drawing, 'PIXEL').map(({ id }) => id)).toEqual(['l1']);
    expect(search(drawing, 'a29').map(({ id }) => id)).toEqual(['a29']);
    expect(search(drawing, ' ')).toEqual([]);
    expect(search(drawing, 'account', 5)).toHaveLength(5);
  });

  it('is well-formed GraphML whatever a name holds', () => {
    const drawing = drawingOf(graphOf(3));
    const text = graphml('r "1"', drawing, startPlaces(drawing));
    expect(text.match(/<node /g)).toHaveLength(5);
    expect(text.match(/<edge /g)).toHaveLength(4);
    expect(text).toContain('Pixel &lt;4&gt; &amp; &quot;co&quot;\uFFFD');
    expect(text).toContain('<graph id="r &quot;1&quot;"');
  });
});

describe('the lasso', () => {
  it('holds what is inside the line, dents left out', () => {
    const dented = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 5, y: 5 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ];
    expect(isInside({ x: 2, y: 5 }, dented)).toBe(true);
    expect(isInside({ x: 9, y: 5 }, dented)).toBe(false);
    expect(isInside({ x: -1, y: 5 }, dented)).toBe(false);
  });
});

describe('the layout', () => {
  const drawing = drawingOf(graphOf(60));
  const settle = () => {
    const { nodes, edges } = drawing;
    const forces = new Forces({
      places: startPlaces(drawing),
      masses: Float32Array.from(nodes, () => 1),
      edges: Uint32Array.from(edges.flatMap((edge) => edge.slice(0, 2))),
      weights: Float32Array.from(edges, () => 1),
      rounds: 40,
    });
    for (let round = 0; round < 40; round += 1) forces.step();
    return forces.places();
  };

  it('gives every node a first place of its own', () => {
    const places = startPlaces(drawing);
    const pairs = new Set(drawing.nodes.map(({ place }) => `${places[place * 2]} ${places[place * 2 + 1]}`));
    expect(pairs.size).toBe(drawing.nodes.length);
  });

  it('ends in the same places every time, none of them nowhere', () => {
    const places = settle();
    expect(settle()).toEqual(places);
    expect(places.every(Number.isFinite)).toBe(true);
    expect(places).not.toEqual(startPlaces(drawing));
  });
});
