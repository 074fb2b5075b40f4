import type { ReactNode } from 'react';

/** A small drawing on a grid of 24, in the colour of the text; always beside words, so hidden from screen readers. */
export function Drawing({
  children,
  className = '',
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <svg
      className={`icon ${className}`}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}
