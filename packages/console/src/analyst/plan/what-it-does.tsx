import type { Action } from '@kith/protocol/study';
import { counted, grouped } from '../../words/counts.ts';

/** Who would be hit, who would not, and what those who are would lose. */
export function WhatItDoes({ plan }: { plan: Action }) {
  const { summary, leftOut, accounts } = plan;
  const { people, waiting, slots } = summary.lose;
  const facts: [what: string, count: number, more: string][] = [
    ['Suspended', accounts, 'tokens refused, seen by nobody'],
    ['Left out', leftOut.length, 'by those who planned'],
    ['Protected', summary.protected, 'never acted upon'],
    ['Suspended before', summary.alreadySuspended, 'not touched again'],
    ['Look honest', summary.looksHonest, 'have established friends'],
    ['People found', people, 'vanish from their lists'],
    ['Meetings', slots, 'wait until it is undone'],
    ['Waiting names', waiting, 'will not be shown to them'],
  ];
  return (
    <>
      <dl className="ring-figures__list">
        {facts.map(([what, count, more]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd className="ring-figures__figure numeric">{grouped(count)}</dd>
            <dd className="soft small">{more}</dd>
          </div>
        ))}
      </dl>
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
