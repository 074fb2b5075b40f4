import { type Html, html } from '@kith/detection';
import type { DayFigure, Figures, RingFigure } from '@kith/protocol/study';
import { counted, dayIn, figure } from './words.ts';

const width = 900;
const height = 170;
const left = 70;
const bottom = 24;
const dayMs = 86_400_000;

/** Where each day stands between the first and the last, from 0 to 1, and how wide it is. */
export function placesOf(days: readonly DayFigure[]): { at: number; size: number }[] {
  const first = Date.parse(days[0]?.day ?? '1970-01-01');
  const last = Date.parse(days.at(-1)?.day ?? '1970-01-01');
  const count = Math.round((last - first) / dayMs) + 1;
  return days.map(({ day }) => ({ at: (Date.parse(day) - first) / dayMs / count, size: 1 / count }));
}

/** New numbers (bars) and cards shown (line of dots), day by day; each has its own scale. */
export function daysSvg(days: readonly DayFigure[]): Html {
  const places = placesOf(days);
  const most = Math.max(...days.map(({ numbers }) => numbers), 1);
  const mostShown = Math.max(...days.map(({ reveals }) => reveals), 1);
  const ground = height - bottom;
  const marks = days.map((each, index) => {
    const x = left + places[index]!.at * (width - left);
    const size = places[index]!.size * (width - left);
    const bar = (each.numbers / most) * (ground - 14);
    const dot = ground - (each.reveals / mostShown) * (ground - 14);
    const label = `${dayIn(each.day)}: ${counted(each.numbers, 'number')}, ${counted(each.reveals, 'card')} shown, ${counted(each.accounts, 'account')}`;
    return html`<g><title>${label}</title><rect class="days" x="${x.toFixed(1)}" y="${(ground - bar).toFixed(1)}" width="${Math.max(size - 1, 1).toFixed(1)}" height="${bar.toFixed(1)}"/>${each.reveals > 0 ? html`<circle class="reveals" cx="${(x + size / 2).toFixed(1)}" cy="${dot.toFixed(1)}" r="5" stroke="var(--paper)" stroke-width="1.5"/>` : undefined}</g>`;
  });
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="New numbers and cards shown by day">
<line class="axis" x1="${left}" y1="${ground}" x2="${width}" y2="${ground}"/>
<text x="${left - 8}" y="18" text-anchor="end">${figure(most)}</text><text x="${left - 8}" y="${ground}" text-anchor="end">${figure(0)}</text>
${marks}<text x="${left}" y="${height - 6}">${days[0] ? dayIn(days[0].day) : ''}</text><text x="${width}" y="${height - 6}" text-anchor="end">${days.length > 1 ? dayIn(days.at(-1)!.day) : ''}</text></svg>`;
}

/** What the accounts of a ring share: the ring on the left, one line to each trait, as thick as it is common. */
export function sharedSvg(ring: RingFigure): Html {
  const rowHeight = 28;
  const tall = Math.max(ring.links.length * rowHeight, 80) + 16;
  const middle = tall / 2;
  const most = Math.max(...ring.links.map(({ accounts }) => accounts), 1);
  const rows = ring.links.map((link, index) => {
    const y = 8 + (index + 0.5) * ((tall - 16) / ring.links.length);
    const thick = 1 + (7 * link.accounts) / most;
    const name = [link.signal.replaceAll('-', ' '), link.label].filter(Boolean).join(': ');
    return html`<path d="M150 ${middle} C 260 ${middle}, 260 ${y.toFixed(1)}, 380 ${y.toFixed(1)}" fill="none" stroke="var(--edge)" stroke-width="${thick.toFixed(1)}"/><rect class="tie" x="376" y="${(y - 5).toFixed(1)}" width="10" height="10" rx="2"/><text x="396" y="${y.toFixed(1)}" dominant-baseline="middle">${shortened(name)} — ${figure(link.accounts)} of ${counted(link.members, 'member')}</text>`;
  });
  return html`<svg viewBox="0 0 ${width} ${tall}" role="img" aria-label="What the accounts of the ring share">${rows}<circle class="account" cx="110" cy="${middle}" r="42"/><text x="110" y="${middle}" text-anchor="middle" dominant-baseline="middle" style="fill:var(--paper);font-weight:600">${figure(ring.accounts)}</text></svg>`;
}

/** Of the members whose numbers were sent: exposed, and protected by what. */
export const shades = ['var(--accent)', '#2f6f9f', '#5b8db3', '#8fb0c9', '#c0d2e0'] as const;

export function shareBar(figures: Figures): Html {
  const { nobody, mutual, noNumber, waiting } = figures.membersProtected;
  const parts = [figures.membersExposed, nobody, mutual, noNumber, waiting];
  const all = Math.max(
    parts.reduce((sum, part) => sum + part, 0),
    1,
  );
  return html`<div class="meter" role="img" aria-label="Members whose numbers were sent: exposed and protected">${parts.map(
    (part, index) =>
      html`<i style="width:${((100 * part) / all).toFixed(3)}%;background:${shades[index]!}"></i>`,
  )}</div>`;
}

function shortened(text: string): string {
  return text.length > 62 ? `${text.slice(0, 61)}…` : text;
}
