import { Html, html, reportStyle } from '@kith/detection';
import { dayIn, momentIn } from './words.ts';

const own = `
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 58rem; } header { border-bottom: 3px solid var(--accent); margin-bottom: 1.5rem; padding-bottom: 1rem; }
header .kicker { color: var(--accent); font-weight: 600; letter-spacing: .04em; text-transform: uppercase; font-size: .8rem; margin: 0 0 .35rem; }
h1 { font-size: 2rem; line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; } h2 { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.lead { font-size: 1.2rem; max-width: 46rem; } main p, main li { max-width: 46rem; }
.facts li { max-width: none; min-width: 8rem; } .facts b { font-size: 1.6rem; line-height: 1.2; color: var(--ink); }
.facts li:first-child b { color: var(--accent); }
.unknown { border-left: 4px solid var(--accent); background: var(--wash); padding: .6rem 1rem; margin: .8rem 0; }
.story { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--line); }
.story li { position: relative; padding: 0 0 .75rem 1.25rem; max-width: none; overflow-wrap: anywhere; } .story time { display: block; color: var(--soft); font-size: .85rem; }
.story li::before { content: ""; position: absolute; left: -6px; top: .5rem; width: 10px; height: 10px; border-radius: 50%; background: var(--calm); }
.story .decision::before, .story .noticed::before { background: var(--accent); }
.meter { display: flex; height: 1.4rem; border-radius: 4px; overflow: hidden; margin: .8rem 0; background: var(--wash); } .meter i { display: block; }
.key { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-inline-end: .45em; vertical-align: -1px; }
.reveals { fill: var(--calm); } dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
@media print { :root { --ink: #000; --soft: #444; --paper: #fff; --line: #ccc; --wash: #f2f2f2; --accent: #b3261e; --accent-soft: #f3c7c3;
  --calm: #2f6f9f; --land: #e4e8ec; --edge: #c3cad1; color-scheme: light; } body { padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } figure, .facts, tr, .unknown, .story li { break-inside: avoid; } * { print-color-adjust: exact; } }
`;

/** One HTML file that stands alone: no script, no request, dark or light as the reader's system is, and fit to print. */
export function page(given: { title: string; kicker: string; lang?: string; body: Html }): string {
  const { title, kicker, body, lang = 'en' } = given;
  return html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${title}</title><style>${new Html(reportStyle + own)}</style></head><body>
<header><p class="kicker">${kicker}</p><h1><bdi>${title}</bdi></h1></header>
${body}</body></html>`.text;
}

export const time = (iso: string): Html => html`<time datetime="${iso}">${momentIn(iso)}</time>`;
export const day = (iso: string): Html => html`<time datetime="${iso.slice(0, 10)}">${dayIn(iso)}</time>`;

/** A table of words; numbers are set to the right by whoever makes the cell. */
export function tableOf(head: readonly string[], rows: readonly (readonly (Html | string)[])[]): Html {
  const isNumber = (at: number): boolean => rows[0]?.[at]?.toString().startsWith('<td class="n"') ?? false;
  return html`<div class="scroll"><table><thead><tr>${head.map((name, at) => html`<th scope="col"${isNumber(at) ? new Html(' style="text-align:right"') : undefined}>${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell) => (cell instanceof Html ? cell : html`<td><bdi>${cell}</bdi></td>`))}</tr>`,
  )}</tbody></table></div>`;
}

export const numberCell = (text: string): Html => html`<td class="n">${text}</td>`;
