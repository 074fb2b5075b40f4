import { type PointerEvent, useState } from 'react';
import type { Point } from './lasso.ts';

interface LassoLayerProps {
  /** Called with the line that was drawn, in pixels of the stage, and whether Shift was held to add to what is chosen. */
  onLine: (line: Point[], isAdding: boolean) => void;
}

/** Over the drawing while the lasso is in hand: it takes the pointer, so that nothing moves below. */
export function LassoLayer({ onLine }: LassoLayerProps) {
  const [line, setLine] = useState<Point[]>([]);
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setLine([pointOf(event)]);
  };
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (line.length > 0) setLine([...line, pointOf(event)]);
  };
  const end = (event: PointerEvent<SVGSVGElement>) => {
    if (line.length > 2) onLine(line, event.shiftKey);
    setLine([]);
  };
  return (
    <svg
      className="lasso"
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={() => setLine([])}
    >
      {line.length > 1 && (
        <polygon className="lasso__line" points={line.map(({ x, y }) => `${x},${y}`).join(' ')} />
      )}
    </svg>
  );
}

function pointOf(event: PointerEvent<SVGSVGElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
