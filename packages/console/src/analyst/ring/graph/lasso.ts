export interface Point {
  x: number;
  y: number;
}

/** Whether a point is inside a polygon, by counting crossings of a ray to the right (Shimrat 1962). */
export function isInside({ x, y }: Point, polygon: readonly Point[]): boolean {
  let inside = false;
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at, at += 1) {
    const [a, b] = [polygon[at]!, polygon[before]!];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
