import { Html, html } from './html.ts';
import world from './world.json' with { type: 'json' };

/** Outlines made with Natural Earth (public domain), in the Equal Earth projection, by ISO 3166 code. */
const paths: Readonly<Record<string, string>> = world.paths;
const dots: Readonly<Record<string, number[]>> = world.dots;

/**
 * A world map, countries shaded by share; no pins, because an address is a network's and not a person's place.
 *
 * @param counts accounts by ISO 3166 code.
 */
export function mapSvg(counts: ReadonlyMap<string, number>): Html {
  const most = Math.max(...counts.values(), 1);
  const shade = (code: string): string => {
    const count = counts.get(code) ?? 0;
    return count === 0
      ? ''
      : ` style="fill:var(--accent);fill-opacity:${(0.2 + (0.8 * count) / most).toFixed(2)}"`;
  };
  const title = (code: string): Html => {
    const count = counts.get(code) ?? 0;
    return count === 0 ? html`` : html`<title>${code}: ${count} accounts</title>`;
  };
  const lands = Object.entries(paths).map(
    ([code, path]) => html`<path class="land" d="${path}"${new Html(shade(code))}>${title(code)}</path>`,
  );
  const small = Object.entries(dots).flatMap(([code, [x = 0, y = 0]]) =>
    counts.has(code)
      ? [html`<circle cx="${x}" cy="${y}" r="4"${new Html(shade(code))}>${title(code)}</circle>`]
      : [],
  );
  const halos = [...counts.keys()].flatMap((code) => {
    const at = centreOfSmall(paths[code]);
    return at ? [html`<circle class="halo" cx="${at.x}" cy="${at.y}" r="9"/>`] : [];
  });
  return html`<svg viewBox="0 0 ${world.width} ${world.height}" role="img" aria-label="World map of the countries that traffic left from">${lands}${small}${halos}</svg>`;
}

const smallMax = 14;

/** The middle of a country that is too small to be seen by its colour alone. */
function centreOfSmall(path: string | undefined): { x: number; y: number } | undefined {
  const numbers = path?.match(/\d+/g)?.map(Number) ?? [];
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  if (xs.length === 0) return undefined;
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const isSmall = Math.max(right - left, bottom - top) < smallMax;
  return isSmall ? { x: (left + right) / 2, y: (top + bottom) / 2 } : undefined;
}
