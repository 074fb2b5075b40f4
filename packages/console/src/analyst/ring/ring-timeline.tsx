import type { RingDay } from '@kith/protocol/study';
import { useState } from 'react';
import { Choice } from '../pieces/choice.tsx';
import { Timeline } from '../pieces/timeline/timeline.tsx';
import { utcDayWords, utcShort } from './moments.ts';
import type { Span } from './span.ts';

const dayMs = 86_400_000;
const counts = { numbers: 'numbers tried', accounts: 'accounts at work', reveals: 'names got' } as const;
type Counted = keyof typeof counts;

interface RingTimelineProps {
  days: readonly RingDay[];
  span: Span | undefined;
  onSpan: (span: Span | undefined) => void;
}

/** What the ring did day by day; a stretch chosen here is what the table of accounts shows. */
export function RingTimeline({ days, span, onSpan }: RingTimelineProps) {
  const [counted, setCounted] = useState<Counted>('numbers');
  const moments = everyDay(days).map((day) => ({ at: day.day, value: day[counted] }));
  const choose = (chosen: { from: number; to: number } | undefined) => onSpan(chosen && spanOf(chosen));
  return (
    <>
      <Choice
        label="What is counted"
        value={counted}
        onChange={setCounted}
        options={(Object.keys(counts) as Counted[]).map((value) => ({ value, words: counts[value] }))}
      />
      <Timeline
        title="Day by day, in UTC"
        unit={counts[counted]}
        moments={moments}
        stepMs={dayMs}
        lettersOf={utcShort}
        chosen={span && { from: Date.parse(span.from), to: Date.parse(span.to) }}
        onChoose={choose}
      />
    </>
  );
}

/** Days on which nothing happened are there too, or a pause would look like none. */
function everyDay(days: readonly RingDay[]): RingDay[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const [first, last] = [days[0]?.day ?? 0, days.at(-1)?.day ?? 0];
  const length = days.length === 0 ? 0 : Math.round((last - first) / dayMs) + 1;
  return Array.from({ length }, (_, at) => {
    const day = first + at * dayMs;
    return known.get(day) ?? { day, accounts: 0, syncs: 0, numbers: 0, reveals: 0 };
  });
}

function spanOf({ from, to }: { from: number; to: number }): Span {
  const last = utcDayWords(to - dayMs);
  const words = to - from <= dayMs ? `on ${last}` : `from ${utcDayWords(from)} to ${last}`;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), words };
}
