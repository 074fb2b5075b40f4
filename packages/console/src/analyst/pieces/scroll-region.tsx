import type { ReactNode } from 'react';

/** A region that scrolls by itself, and so has a name and can be reached by keyboard. */
export function ScrollRegion(props: { className: string; label: string; children: ReactNode }) {
  const { className, label, children } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
