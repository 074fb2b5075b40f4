import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { edgeAt, type Span, shareOf, spanBetween } from './scale.ts';

interface BrushProps {
  title: string;
  whole: Span;
  stepMs: number;
  chosen: Span | undefined;
  onChoose: (span: Span | undefined) => void;
  lettersOf: (at: number) => string;
  height: number;
}

/** A stretch is drawn with the pointer, or its two edges are moved with the arrow keys. */
export function Brush(props: BrushProps) {
  const { whole, stepMs, chosen, onChoose, height, lettersOf } = props;
  const field = useRef<HTMLDivElement>(null);
  const span = chosen ?? whole;
  const drawing = useDrawing(field, props);
  const left = 100 * shareOf(span.from, whole);
  const right = 100 * (1 - shareOf(span.to, whole));
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the two sliders do by keyboard what the pointer does here. */}
      <div
        ref={field}
        className="brush"
        style={{ blockSize: height }}
        {...drawing}
        onDoubleClick={() => onChoose(undefined)}
      >
        {chosen && (
          <div
            className="brush__span"
            style={{ insetInlineStart: `${left}%`, insetInlineEnd: `${right}%` }}
          />
        )}
      </div>
      <Edge
        {...props}
        label="Start"
        value={span.from}
        valueWords={lettersOf(span.from)}
        move={(at) => onChoose(spanBetween(Math.min(at, span.to - stepMs), span.to, whole, stepMs))}
      />
      <Edge
        {...props}
        label="End"
        value={span.to}
        valueWords={lettersOf(span.to - stepMs)}
        move={(at) => onChoose(spanBetween(span.from, Math.max(at, span.from + stepMs), whole, stepMs))}
      />
      {chosen && (
        <button type="button" className="brush__all button button--small" onClick={() => onChoose(undefined)}>
          Show all
        </button>
      )}
    </>
  );
}

/** From where the pointer went down to where it is. */
function useDrawing(field: RefObject<HTMLDivElement | null>, { whole, stepMs, onChoose }: BrushProps) {
  const start = useRef<number>(undefined);
  const edge = (event: PointerEvent) => {
    const { left, width } = field.current!.getBoundingClientRect();
    return edgeAt((event.clientX - left) / width, whole, stepMs);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = edge(event);
    },
    onPointerMove: (event: PointerEvent) => {
      const at = edge(event);
      if (start.current !== undefined && at !== start.current) {
        onChoose(spanBetween(start.current, at, whole, stepMs));
      }
    },
    onPointerUp: () => {
      start.current = undefined;
    },
  };
}

interface EdgeProps extends BrushProps {
  label: string;
  value: number;
  valueWords: string;
  move: (at: number) => void;
}

function Edge({ title, label, value, valueWords, whole, stepMs, height, move }: EdgeProps) {
  const turn = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: value - stepMs,
      ArrowDown: value - stepMs,
      ArrowRight: value + stepMs,
      ArrowUp: value + stepMs,
      PageDown: value - 7 * stepMs,
      PageUp: value + 7 * stepMs,
      Home: whole.from,
      End: whole.to,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  return (
    <div
      className="brush__edge"
      style={{ insetInlineStart: `${100 * shareOf(value, whole)}%`, blockSize: height }}
      role="slider"
      tabIndex={0}
      aria-label={`${label}: ${title}`}
      aria-valuemin={whole.from}
      aria-valuemax={whole.to}
      aria-valuenow={value}
      aria-valuetext={valueWords}
      onKeyDown={turn}
    />
  );
}
