import type { RingDay } from '../../detect/index.ts';
import { day, formatted, type Html, html } from './html.ts';

const width = 900;
const height = 150;
const left = 60;
const bottom = 24;
const dayMs = 86_400_000;

/** New numbers asked about, day by day; days without any are gaps. */
export function timelineSvg(days: readonly RingDay[]): Html {
  const first = days[0]?.day ?? 0;
  const last = days.at(-1)?.day ?? first;
  const count = Math.max(Math.round((last - first) / dayMs) + 1, 1);
  const byNumbers = days.some(({ numbers }) => numbers > 0);
  const amountOf = (each: RingDay): number => (byNumbers ? each.numbers : each.syncs);
  const most = Math.max(...days.map(amountOf), 1);
  const step = (width - left) / count;
  const bars = days.map((each) => {
    const x = left + Math.round((each.day - first) / dayMs) * step;
    const size = (amountOf(each) / most) * (height - bottom - 10);
    const label = `${day(each.day)}: ${formatted(each.numbers)} numbers, ${formatted(each.syncs)} syncs by ${formatted(each.accounts)} accounts, ${formatted(each.reveals)} found`;
    return html`<rect class="days" x="${x.toFixed(1)}" y="${(height - bottom - size).toFixed(1)}" width="${Math.max(step - 1, 1).toFixed(1)}" height="${size.toFixed(1)}"><title>${label}</title></rect>`;
  });
  const ground = height - bottom;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${byNumbers ? 'New numbers' : 'Syncs'} by day">
<line class="axis" x1="${left}" y1="${ground}" x2="${width}" y2="${ground}"/>
<text x="${left - 8}" y="16" text-anchor="end">${formatted(most)}</text><text x="${left - 8}" y="${ground}" text-anchor="end">0</text>
${bars}<text x="${left}" y="${height - 6}">${day(first)}</text><text x="${width}" y="${height - 6}" text-anchor="end">${day(last)}</text></svg>`;
}
