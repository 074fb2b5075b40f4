import type { OverviewHour } from '@kith/protocol/study';
import { useState } from 'react';
import { Choice } from '../pieces/choice.tsx';
import { Timeline } from '../pieces/timeline/timeline.tsx';
import { hourWords } from '../words/moments.ts';

const hourMs = 3_600_000;

const counts = [
  { value: 'numbers', words: 'New numbers', unit: 'new numbers' },
  { value: 'syncs', words: 'Syncs', unit: 'syncs' },
  { value: 'reveals', words: 'Reveals', unit: 'reveals' },
  { value: 'waiting', words: 'Waiting', unit: 'look-ups waiting' },
] as const;

/** The last two days, hour by hour. */
export function Hours({ hours }: { hours: OverviewHour[] }) {
  const [shown, setShown] = useState<(typeof counts)[number]['value']>('numbers');
  const { unit } = counts.find(({ value }) => value === shown)!;
  return (
    <div className="card">
      <Timeline
        title="The last 48 hours"
        unit={unit}
        moments={hours.map((hour) => ({ at: Date.parse(hour.at), value: hour[shown] }))}
        stepMs={hourMs}
        lettersOf={hourWords}
        isLevel={shown === 'waiting'}
        tools={
          <Choice label="What is counted by the hour" options={counts} value={shown} onChange={setShown} />
        }
      />
    </div>
  );
}
