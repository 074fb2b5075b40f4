import type { Drawing, DrawnNode } from './drawing.ts';

const keys = [
  ['kind', 'string'],
  ['label', 'string'],
  ['evidence', 'double'],
  ['flagged', 'boolean'],
  ['signal', 'string'],
  ['accounts', 'int'],
  ['weight', 'double'],
  ['x', 'double'],
  ['y', 'double'],
] as const;

/**
 * The whole drawing, folded parts too, with the places that it has on the page.
 * Format: http://graphml.graphdrawing.org/specification.html
 */
export function graphml(ring: string, drawing: Drawing, places: Float32Array): string {
  const declared = keys.map(
    ([name, type]) => `  <key id="${name}" for="node" attr.name="${name}" attr.type="${type}"/>`,
  );
  const nodes = drawing.nodes.map((node) => nodeText(node, places));
  const edges = drawing.edges.map(
    ([from, to, weight], at) =>
      `    <edge id="e${at}" source="n${from}" target="n${to}"><data key="tie">${weight}</data></edge>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...declared,
    '  <key id="id" for="node" attr.name="id" attr.type="string"/>',
    '  <key id="tie" for="edge" attr.name="weight" attr.type="double"/>',
    `  <graph id="${escaped(ring)}" edgedefault="undirected">`,
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

function nodeText(node: DrawnNode, places: Float32Array): string {
  const all = { ...node, x: places[node.place * 2], y: places[node.place * 2 + 1] };
  const data = keys.flatMap(([name]) => {
    const value = all[name];
    return value === undefined ? [] : [`<data key="${name}">${escaped(String(value))}</data>`];
  });
  return `    <node id="n${node.place}"><data key="id">${escaped(node.id)}</data>${data.join('')}</node>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0, which has no place for control characters or halves of surrogate pairs, whatever a name holds. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (sign) => entities[sign]!);
}
