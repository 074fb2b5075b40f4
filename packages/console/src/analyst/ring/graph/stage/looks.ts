import type { Drawing, DrawnNode } from '../drawing.ts';
import type { Palette } from './palette.ts';

/** What changes how nodes look. */
export interface View {
  /** Links whose leaves are folded in. */
  folded: ReadonlySet<string>;
  /** Ids of chosen accounts. */
  chosen: ReadonlySet<string>;
  /** The node that the panel is about. */
  focused: string | undefined;
  pinned: ReadonlySet<number>;
}

export const nothingDone: View = {
  folded: new Set(),
  chosen: new Set(),
  focused: undefined,
  pinned: new Set(),
};

const labelLettersMax = 40;
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A name as long as a drawing can carry, cut between letters. */
export function shortened(name: string): string {
  if (name.length <= labelLettersMax) return name;
  // Names may be very long: only what could be shown is taken apart.
  const parts = [...letters.segment(name.slice(0, labelLettersMax * 8))].slice(0, labelLettersMax);
  return `${parts.map(({ segment }) => segment).join('')}…`;
}

/** How a node is drawn, in terms of the drawing library. */
export function lookOf(node: DrawnNode, drawing: Drawing, view: View, palette: Palette) {
  const look =
    node.kind === 'link' ? linkLook(node, view, palette) : accountLook(node, drawing, view, palette);
  const focused = view.focused === node.id;
  return { ...look, ...(focused && { highlighted: true, forceLabel: true, zIndex: 3 }) };
}

function linkLook(node: DrawnNode, { folded, pinned }: View, palette: Palette) {
  const isFolded = folded.has(node.id) && node.leaves.length > 0;
  const name = shortened(node.label) || 'A habit in common';
  return {
    label: `${name}${isFolded ? ` (+${node.leaves.length.toLocaleString('en-GB')})` : ''}`,
    size: isFolded ? 12 + Math.log2(node.leaves.length + 1) : 4 + 1.1 * Math.log2(node.ties.length + 1),
    color: palette.link(node.signal ?? ''),
    hidden: false,
    forceLabel: isFolded,
    zIndex: pinned.has(node.place) ? 2 : 1,
  };
}

function accountLook(node: DrawnNode, drawing: Drawing, view: View, palette: Palette) {
  const home = drawing.nodes[node.ties[0] ?? -1];
  const hidden = node.ties.length === 1 && home !== undefined && view.folded.has(home.id);
  const isChosen = view.chosen.has(node.id);
  return {
    label: shortened(node.label),
    size: isChosen ? 4.5 : view.pinned.has(node.place) ? 4 : 2.8,
    color: isChosen ? palette.chosen : node.flagged ? palette.account : palette.near,
    hidden,
    zIndex: isChosen ? 2 : 0,
  };
}
