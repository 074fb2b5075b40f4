import type { Overview } from '@kith/protocol/study';
import { grouped } from '../../words/counts.ts';

/** The figures of the last 24 hours, and what they are measured against. */
export function Figures({ overview: { totals } }: { overview: Overview }) {
  const figures = [
    { words: 'syncs in 24 hours', value: totals.syncs24h },
    { words: 'new numbers in 24 hours', value: totals.numbers24h },
    { words: 'cards revealed in 24 hours', value: totals.reveals24h },
    { words: 'look-ups waiting', value: totals.waiting },
    { words: 'members', value: totals.members },
    { words: 'of them suspended', value: totals.suspended },
  ];
  return (
    <dl className="figures card numeric">
      {figures.map(({ words, value }) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>{grouped(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
