import type { ReactNode } from 'react';
import { Drawing } from '../../ui/drawing.tsx';

/** Drawings of the study, on a grid of 24, in the colour of the text; apart from the member's, which need not carry them. */
const drawings = {
  overview: <path d="M3.5 19.5h17M6 16v-5M10.5 16V6M15 16v-7M19.5 16v-3" />,
  rings: (
    <>
      <circle cx="6" cy="7" r="2.5" />
      <circle cx="18" cy="6" r="2.5" />
      <circle cx="12" cy="18" r="2.5" />
      <path d="M8.5 6.8 15.5 6.2M7.2 9.2l3.7 6.6M17 8.3l-3.9 7.4" />
    </>
  ),
  cases: <path d="M3.5 7.5h17v12h-17zM8.5 7.5v-3h7v3M3.5 12.5h17" />,
  ledger: <path d="M6 3.5h12v17H6zM9.5 8h5M9.5 12h5M9.5 16h3" />,
  analysts: (
    <>
      <circle cx="12" cy="8" r="3.8" />
      <path d="M4.5 20c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5" />
    </>
  ),
  sort: <path d="m8 9.5 4-4 4 4M8 14.5l4 4 4-4" />,
  up: <path d="m6.5 14.5 5.5-6 5.5 6" />,
  down: <path d="m6.5 9.5 5.5 6 5.5-6" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  keys: <path d="M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8" />,
  star: <path d="m12 4 2.4 5.1 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.8l5.6-.7z" />,
  shield: <path d="M12 3.5 19 6v5.5c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6zM8.8 12l2.3 2.3 4.2-4.6" />,
  plus: <path d="M12 5v14M5 12h14" />,
  back: <path d="M19 12H5m0 0 5-5m-5 5 5 5" />,
} satisfies Record<string, ReactNode>;

export type GlyphName = keyof typeof drawings;

export function Glyph({ name, className }: { name: GlyphName; className?: string }) {
  return <Drawing className={className}>{drawings[name]}</Drawing>;
}
