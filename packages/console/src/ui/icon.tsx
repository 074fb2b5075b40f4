import type { ReactNode } from 'react';
import { Drawing } from './drawing.tsx';

/** Drawn on a grid of 24, in the colour of the text. */
const drawings = {
  home: <path d="M4 11.5 12 4.5l8 7M6 10v9.5h4.5v-5h3v5H18V10" />,
  import: <path d="M12 4v11m0 0 4-4m-4 4-4-4M4.5 17v2.5h15V17" />,
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M3 19.5c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.1.7 3.5 2.6 3.5 5.2" />
    </>
  ),
  eye: (
    <>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" />
      <circle cx="12" cy="12" r="3" />
    </>
  ),
  gauge: <path d="M4.6 18a9 9 0 1 1 14.8 0M12 14l4-5.5M12 14.2h.01" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
    </>
  ),
  moon: <path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z" />,
  system: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 4a8 8 0 0 1 0 16z" className="icon__solid" />
    </>
  ),
  leave: <path d="M10 4.5H5.5v15H10M14.5 8l4 4-4 4M18.5 12H9.5" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  warn: <path d="M12 4 2.8 19.5h18.4L12 4zM12 10v4.5M12 17h.01" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 8h.01" />
    </>
  ),
  lock: <path d="M6 11h12v8.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" />,
  file: <path d="M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5" />,
  bin: <path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10.5 11v5M13.5 11v5" />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5 5" />
    </>
  ),
  arrow: <path d="M5 12h14m0 0-5-5m5 5-5 5" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return <Drawing className={className}>{drawings[name]}</Drawing>;
}
