import type { Action } from '@kith/protocol/study';
import { counted, grouped } from '../../words/counts.ts';
import { type Figure, FigureList } from '../pieces/figure-list.tsx';

/** Who would be hit, who would not, and what those who are would lose. */
export function WhatItDoes({ plan }: { plan: Action }) {
  const { summary, leftOut, accounts } = plan;
  const { people, waiting, slots } = summary.lose;
  const facts: Figure[] = [
    ['Suspended', grouped(accounts), 'tokens refused, seen by nobody'],
    ['Left out', grouped(leftOut.length), 'by those who planned'],
    ['Protected', grouped(summary.protected), 'never acted upon'],
    ['Suspended before', grouped(summary.alreadySuspended), 'not touched again'],
    ['Look honest', grouped(summary.looksHonest), 'have established friends'],
    ['People found', grouped(people), 'vanish from their lists'],
    ['Meetings', grouped(slots), 'wait until it is undone'],
    ['Waiting names', grouped(waiting), 'will not be shown to them'],
  ];
  return (
    <>
      <FigureList figures={facts} />
      <details className="more">
        <summary>Why these accounts: {counted(summary.why.length, 'reason')}</summary>
        <ul className="list">
          {summary.why.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
