/** The report's whole style: no fonts, no images, nothing that is fetched. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5c6670; --paper: #fff; --line: #d9dee3; --wash: #f4f6f8;
  --accent: #b3261e; --accent-soft: #f3c7c3; --calm: #2f6f9f; --land: #e4e8ec; --edge: #c3cad1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3adb8; --paper: #14171a; --line: #333a41;
  --wash: #1c2125; --accent: #ff8a80; --accent-soft: #5c2b28; --calm: #7fb8e0; --land: #2a3037; --edge: #3f4851; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; } p { margin: .4rem 0; } .soft { color: var(--soft); }
.lead { font-size: 1.15rem; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; } td.n { text-align: right; font-variant-numeric: tabular-nums; }
section.ring { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem 1.5rem; margin: 1.5rem 0; }
section.ring > h2 { margin-top: 0; } .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .75rem 0 1rem; padding: 0; list-style: none; }
.facts b { display: block; font-size: 1.25rem; font-variant-numeric: tabular-nums; } .facts li { color: var(--soft); }
.weight { white-space: nowrap; } .facts b { color: var(--ink); }
.mark { display: inline-block; padding: 0 .45em; border-radius: 4px; background: var(--accent-soft); font-size: .8rem; }
.hold { display: inline-block; padding: .1em .6em; border-radius: 4px; background: var(--wash); border: 1px solid var(--line); font-size: .85rem; }
.bar { display: inline-block; height: .7em; border-radius: 2px; background: var(--accent); } .bar.for { background: var(--calm); }
figure { margin: 1rem 0; } figcaption { color: var(--soft); font-size: .85rem; } svg { max-width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } .land { fill: var(--land); stroke: var(--paper); stroke-width: .5; }
.edge { stroke: var(--edge); stroke-width: .7; } .account { fill: var(--calm); } .tie { fill: var(--accent); }
.days { fill: var(--accent); } .axis { stroke: var(--line); } code { font-size: .9em; overflow-wrap: anywhere; unicode-bidi: isolate; }
.id { font: .8rem ui-monospace, monospace; color: var(--soft); font-weight: 400; margin-left: .5rem; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; } nav ul { padding-left: 1.2rem; margin: .5rem 0 0; }
a { color: var(--calm); } .halo { fill: none; stroke: var(--accent); stroke-width: 1.2; } td, th { overflow-wrap: anywhere; }
@media print {
  :root { --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --wash: #fff; --accent: #b3261e; --accent-soft: #f3c7c3;
    --calm: #2f6f9f; --land: #e4e8ec; --edge: #bbb; }
  body { padding: 0; max-width: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section.ring { border: 0; padding: 0; } section.ring + section.ring { break-before: page; } .scroll { overflow: visible; }
  h1, h2, h3 { break-after: avoid; } tr, figure, .facts li { break-inside: avoid; } thead { display: table-header-group; }
}
`;
