import type { Ring } from '../../detect/index.ts';
import { type Html, html } from './html.ts';

const width = 900;
const rowHeight = 26;
const accountsLeft = 40;
const linksLeft = 420;

/**
 * The ring as a drawing: accounts on the left, what they share on the right, in the order of how much it tells. A line says
 * that the account has the trait.
 */
export function graphSvg(ring: Ring, titles: ReadonlyMap<string, string>): Html {
  const { graph } = ring;
  const height = Math.max(graph.links.length * rowHeight, 120) + 20;
  const accountY = (i: number): number =>
    10 + ((i + 0.5) * (height - 20)) / Math.max(graph.members.length, 1);
  const linkY = (i: number): number => 10 + ((i + 0.5) * (height - 20)) / Math.max(graph.links.length, 1);
  const edges = graph.edges.map(
    ([member, link]) =>
      html`<line class="edge" x1="${accountsLeft}" y1="${accountY(member).toFixed(1)}" x2="${linksLeft}" y2="${linkY(link).toFixed(1)}"/>`,
  );
  const accounts = graph.members.map(
    (member, i) =>
      html`<circle class="account" cx="${accountsLeft}" cy="${accountY(i).toFixed(1)}" r="3"><title>${member}</title></circle>`,
  );
  const links = graph.links.flatMap((place, i) => {
    const link = ring.links[place];
    if (!link) return [];
    const name = [titles.get(link.signal) ?? link.signal, link.label].filter(Boolean).join(': ');
    const y = linkY(i).toFixed(1);
    return [
      html`<rect class="tie" x="${linksLeft - 4}" y="${(linkY(i) - 4).toFixed(1)}" width="8" height="8"/>`,
      html`<text x="${linksLeft + 12}" y="${y}" dominant-baseline="middle">${shortened(name)} (${link.accounts} of ${link.members})</text>`,
    ];
  });
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Accounts of the ring and what they share">${edges}${accounts}${links}</svg>`;
}

function shortened(text: string): string {
  return text.length > 62 ? `${text.slice(0, 61)}…` : text;
}
