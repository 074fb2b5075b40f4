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
  return html`<svg viewBox="0 0 ${world.width} ${world.height}" role="img" aria-label="World map of the countries that traffic left from">${lands}${small}</svg>`;
}
