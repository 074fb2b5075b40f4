import type { Overview } from '@kith/protocol/study';
import { useClock } from '../../ui/clock.tsx';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { whenWords } from '../../words/times.ts';
import { tookWords } from '../words/figures.ts';

/** Whether anybody looks for rings, and when they last did. */
export function Watching({ overview }: { overview: Overview }) {
  const { watching, watchingProblem, lastDetection, totals } = overview;
  if (!watching) return <NotWatching problem={watchingProblem} />;
  if (totals.members === 0) return <NobodyYet />;
  if (!lastDetection) {
    return <p className="soft">Watching. Rings are looked for as soon as there is enough to compare.</p>;
  }
  return <LastLook detection={lastDetection} />;
}

function LastLook({ detection }: { detection: NonNullable<Overview['lastDetection']> }) {
  const clock = useClock();
  return (
    <p className="soft numeric">
      Rings were last looked for {whenWords(detection.at, clock)}: {grouped(detection.events)} events in{' '}
      {tookWords(detection.tookMs)}, {counted(detection.rings, 'ring')} found.
    </p>
  );
}

function NotWatching({ problem }: { problem: string | undefined }) {
  return (
    <Notice kind="warn" title="Nobody is looking for rings" role="status">
      <p>
        {problem?.replace(/\.$/, '') ?? 'The event store is not there'}. Budgets, meetings and the ledger work
        as always, and what happens meanwhile is looked through once there is one.
      </p>
    </Notice>
  );
}

function NobodyYet() {
  return (
    <Notice title="There are no members yet">
      <p>
        Once your app has told Kith of its members (<code>PUT /v1/members/…</code> or <code>kith import</code>
        ) and they look for people, this page shows what happens.
      </p>
    </Notice>
  );
}
