import { type Roc, rocAt } from './roc.ts';
import type { AttackerRow, DetectReport } from './summary.ts';

const panel = { width: 300, height: 210, left: 44, right: 14, top: 34, bottom: 40 };
const columns = 3;
const head = 84;
const colours = { all: '#0072b2', hard: '#d55e00' };

/**
 * One panel an attacker: the share of its accounts found at so many honest suspensions per 100,000, logarithmic, with all signals
 * and with those that are hard to evade. A stand-alone SVG.
 */
export function rocSvg(report: DetectReport): string {
  const rows = [...report.attackers, ...report.heldOut];
  const width = columns * panel.width;
  const height = head + Math.ceil(rows.length / columns) * panel.height + 10;
  const subtitle = `${report.members.toLocaleString('en')} members, ${report.seeds} worlds from seed ${report.seed}; all thirty days, nobody suspended`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title subtitle" font-family="system-ui, sans-serif" font-size="11">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    '<text id="title" x="16" y="30" font-size="18" font-weight="600" fill="#1a1a1a">Accounts found, by what it costs honest people</text>',
    `<text id="subtitle" x="16" y="50" font-size="12" fill="#555555">${subtitle}</text>`,
    `<text x="16" y="70" font-size="12"><tspan fill="${colours.all}" font-weight="600">all signals</tspan><tspan dx="12" fill="${colours.hard}" font-weight="600">only those hard to evade</tspan></text>`,
    ...rows.map((row, i) =>
      panelOf(row, (i % columns) * panel.width, head + Math.floor(i / columns) * panel.height),
    ),
    '</svg>',
    '',
  ].join('\n');
}

function panelOf(row: AttackerRow, x: number, y: number): string {
  const inner = { right: panel.width - panel.right, bottom: panel.height - panel.bottom };
  const across = (i: number): number => panel.left + ((inner.right - panel.left) * i) / (rocAt.length - 1);
  const up = (recall: number): number => inner.bottom - (inner.bottom - panel.top) * recall;
  const line = (roc: Roc, colour: string): string =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${roc.map(({ recall }, i) => `${round(across(i))},${round(up(recall))}`).join(' ')}"/>`;
  return [
    `<g transform="translate(${x} ${y})">`,
    `<text x="${panel.left}" y="20" font-size="12" font-weight="600" fill="#1a1a1a">${row.name}</text>`,
    ...[0, 0.5, 1].map(
      (share) =>
        `<line x1="${panel.left}" x2="${inner.right}" y1="${round(up(share))}" y2="${round(up(share))}" stroke="#e4e4e4"/><text x="${panel.left - 6}" y="${round(up(share) + 4)}" text-anchor="end" fill="#555555">${share * 100} %</text>`,
    ),
    ...rocAt.map((value, i) =>
      i % 2 === 0
        ? `<text x="${round(across(i))}" y="${inner.bottom + 15}" text-anchor="middle" fill="#555555">${value}</text>`
        : '',
    ),
    `<text x="${(panel.left + inner.right) / 2}" y="${inner.bottom + 30}" text-anchor="middle" fill="#555555">honest suspended per 100,000</text>`,
    line(row.rocHard, colours.hard),
    line(row.roc, colours.all),
    '</g>',
  ].join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;
