import { type RefObject, useEffect, useRef } from 'react';

/** Where the reader was before; undefined until the first place of the visit has been shown. */
let before: string | undefined;

/**
 * Moves the focus to the heading of a place that the reader has just come to, so that a screen reader says where it is.
 * The first place of a visit leaves the focus where the browser puts it, and so does drawing the same place again.
 */
export function useArrival(place: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const moved = before !== undefined && before !== place;
    before = place;
    if (moved) heading.current?.focus({ preventScroll: true });
  }, [place]);
  return heading;
}
