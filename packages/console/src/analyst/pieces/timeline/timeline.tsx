import { type ReactNode, useId, useState } from 'react';
import { grouped } from '../../../words/counts.ts';
import { Brush } from './brush.tsx';
import { type Moment, type Span, sumWithin, tickPlaces, wholeSpan } from './scale.ts';

const top = 8;

interface TimelineProps {
  title: string;
  /** What is counted, as in "numbers". */
  unit: string;
  /** One for each step, none left out, in order. */
  moments: readonly Moment[];
  stepMs: number;
  /** The letters of a step, as in "24 Dec". */
  lettersOf: (at: number) => string;
  /** Height of the bars in pixels; default 96. */
  height?: number;
  /** Whether what is counted is a level, of which the last one is said, and not a sum. */
  isLevel?: boolean;
  /** More beside the title, such as a choice of what is counted. */
  tools?: ReactNode;
  /** The chosen stretch; the whole when it is left out. */
  chosen?: Span | undefined;
  /** With it the timeline has a brush; `undefined` chooses the whole again. */
  onChoose?: (span: Span | undefined) => void;
}

/**
 * Bars over time. Widths are shares of the room there is and heights are pixels, so that letters keep their size. What
 * the drawing says stands in a table for screen readers, and a stretch is chosen by pointer or by two sliders.
 */
export function Timeline(props: TimelineProps) {
  const { title, unit, moments, stepMs, lettersOf, height = 96, isLevel, tools, chosen, onChoose } = props;
  const titleId = useId();
  const [over, setOver] = useState<Moment>();
  const whole = wholeSpan(moments, stepMs);
  const span = chosen ?? whole;
  const total = `${grouped(isLevel ? (moments.at(-1)?.value ?? 0) : sumWithin(moments, span))} ${unit}`;
  return (
    <figure className="timeline" aria-labelledby={titleId}>
      <figcaption className="timeline__head">
        <h2 id={titleId}>{title}</h2>
        {tools}
        <p className="timeline__said small numeric">
          {over ? `${lettersOf(over.at)}: ${grouped(over.value)} ${unit}` : total}
          {chosen && !over && ` from ${lettersOf(chosen.from)} to ${lettersOf(chosen.to - stepMs)}`}
        </p>
      </figcaption>
      <div className="timeline__field">
        <svg role="img" aria-label={`${title}: ${total}`} width="100%" height={height + 22}>
          <Bars {...{ moments, height, span, lettersOf, onOver: setOver }} />
        </svg>
        {onChoose && moments.length > 1 && (
          <Brush {...{ whole, stepMs, chosen, onChoose, lettersOf, height, title }} />
        )}
      </div>
      <TimelineTable {...{ title, unit, moments, lettersOf }} />
    </figure>
  );
}

interface BarsProps {
  moments: readonly Moment[];
  height: number;
  span: Span;
  lettersOf: (at: number) => string;
  onOver: (moment: Moment | undefined) => void;
}

function Bars({ moments, height, span, lettersOf, onOver }: BarsProps) {
  const most = Math.max(1, ...moments.map(({ value }) => value));
  const width = 100 / Math.max(1, moments.length);
  const ticks = new Set(tickPlaces(moments.length, 7));
  return (
    <>
      <line className="timeline__floor" x1="0" x2="100%" y1={height + 0.5} y2={height + 0.5} />
      {moments.map((moment, at) => (
        <g key={moment.at} onPointerEnter={() => onOver(moment)} onPointerLeave={() => onOver(undefined)}>
          <rect className="timeline__ground" x={`${at * width}%`} width={`${width}%`} y="0" height={height} />
          <rect
            className={
              moment.at >= span.from && moment.at < span.to
                ? 'timeline__bar'
                : 'timeline__bar timeline__bar--out'
            }
            x={`${(at + 0.12) * width}%`}
            width={`${0.76 * width}%`}
            {...barHeight(moment.value / most, height)}
            rx="2"
          />
          {ticks.has(at) && (
            <text className="timeline__letters" x={`${at * width}%`} y={height + 17}>
              {lettersOf(moment.at)}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

/** Something is always seen of something. */
function barHeight(share: number, height: number) {
  const tall = share === 0 ? 0 : Math.max(2, share * (height - top));
  return { y: height - tall, height: tall };
}

type TimelineTableProps = Pick<TimelineProps, 'title' | 'unit' | 'moments' | 'lettersOf'>;

function TimelineTable({ title, unit, moments, lettersOf }: TimelineTableProps) {
  return (
    <table className="visually-hidden">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">{unit}</th>
        </tr>
      </thead>
      <tbody>
        {moments.map(({ at, value }) => (
          <tr key={at}>
            <th scope="row">{lettersOf(at)}</th>
            <td>{grouped(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
