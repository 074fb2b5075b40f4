import { type Drawing, type DrawnNode, linksOf } from '../drawing.ts';

/** Sunflower seeds: each turns by this from the one before, so that none hides another. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/**
 * A first place for every node, worth looking at by itself: links in a spiral, the largest in the middle, each with the
 * accounts around it that it says most about. It depends on the graph alone, so that the same ring looks the same twice.
 *
 * Gives x and y by turns, in no unit.
 */
export function startPlaces(drawing: Drawing): Float32Array {
  const places = new Float32Array(drawing.nodes.length * 2);
  const put = (place: number, x: number, y: number) => {
    places[place * 2] = x;
    places[place * 2 + 1] = y;
  };
  const households = householdsOf(drawing);
  let area = 0;
  let turn = 0;
  for (const link of linksOf(drawing)) {
    const household = households.get(link.place) ?? [];
    const own = (household.length + 4) * 2;
    const radius = turn === 0 ? 0 : Math.sqrt(area + own / 2) * 1.25;
    const [x, y] = [radius * Math.cos(turn * goldenAngle), radius * Math.sin(turn * goldenAngle)];
    put(link.place, x, y);
    household.forEach((place, at) => {
      const away = 1.2 + Math.sqrt(at + 1);
      put(place, x + away * Math.cos(at * goldenAngle), y + away * Math.sin(at * goldenAngle));
    });
    area += own;
    turn += 1;
  }
  (households.get(alone) ?? []).forEach((place, at) => {
    const radius = Math.sqrt(area) * 1.25 + 3;
    put(place, radius * Math.cos(at * goldenAngle), radius * Math.sin(at * goldenAngle));
  });
  return places;
}

const alone = -1;

/** Each account with the one of its links that weighs most, and of equals the one shared by the fewest. */
function householdsOf(drawing: Drawing): Map<number, number[]> {
  const home = new Map<number, { link: DrawnNode; weight: number }>();
  for (const [from, to, weight] of drawing.edges) {
    const [a, b] = [drawing.nodes[from]!, drawing.nodes[to]!];
    const [account, link] = a.kind === 'account' ? [a, b] : [b, a];
    const now = home.get(account.place);
    const better =
      !now || weight > now.weight || (weight === now.weight && link.ties.length < now.link.ties.length);
    if (better) home.set(account.place, { link, weight });
  }
  const households = new Map<number, number[]>();
  for (const { kind, place } of drawing.nodes) {
    if (kind !== 'account') continue;
    const at = home.get(place)?.link.place ?? alone;
    const household = households.get(at);
    if (household) household.push(place);
    else households.set(at, [place]);
  }
  return households;
}
