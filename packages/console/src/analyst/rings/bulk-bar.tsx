import type { RingSummary } from '@kith/protocol/study';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { counted } from '../../words/counts.ts';
import { usePlanSuspensions, useSetRingState } from '../data/queries.ts';
import { AddToCase } from '../pieces/add-to-case.tsx';
import { DismissRings } from '../pieces/dismiss-rings.tsx';
import { troubleOf } from '../words/problems.ts';

interface BulkBarProps {
  rings: RingSummary[];
  clear: () => void;
}

/** What can be done to the selected rings together. It lies over the page's foot, so that nothing moves when it comes. */
export function BulkBar({ rings, clear }: BulkBarProps) {
  const [asked, setAsked] = useState<'dismiss' | 'case'>();
  const [said, setSaid] = useState('');
  const announce = useAnnounce();
  const ids = rings.map(({ id }) => id);
  const finish = (words: string) => {
    setSaid(words);
    announce(words);
    setAsked(undefined);
    clear();
  };
  return (
    <>
      {(rings.length > 0 || said) && (
        <section className="bulk" aria-label="Selected rings">
          <p className="bulk__count numeric">
            {rings.length > 0 ? `${counted(rings.length, 'ring')} selected` : said}
          </p>
          {rings.length > 0 ? (
            <>
              <PlanButton rings={rings} finish={finish} />
              <button type="button" className="button button--small" onClick={() => setAsked('case')}>
                Add to a case
              </button>
              <Dismiss rings={rings} ask={() => setAsked('dismiss')} finish={finish} />
              <button type="button" className="button button--small button--quiet" onClick={clear}>
                Select none
              </button>
            </>
          ) : (
            <button type="button" className="button button--small button--quiet" onClick={() => setSaid('')}>
              Close
            </button>
          )}
        </section>
      )}
      <DismissRings
        open={asked === 'dismiss'}
        rings={ids}
        onClose={() => setAsked(undefined)}
        onDone={finish}
      />
      <AddToCase
        open={asked === 'case'}
        rings={ids}
        onClose={() => setAsked(undefined)}
        onDone={({ name }) => finish(`${counted(ids.length, 'ring')} added to “${name}”`)}
      />
    </>
  );
}

interface DoProps {
  rings: RingSummary[];
  finish: (words: string) => void;
}

/** One ring leads to its plan; of several it is said where the plans are. */
function PlanButton({ rings, finish }: DoProps) {
  const plan = usePlanSuspensions();
  const navigate = useNavigate();
  const go = async () => {
    const { done, failed, error } = await plan.mutateAsync(rings.map(({ id }) => id));
    const [only] = done;
    if (rings.length === 1 && only) return navigate({ to: '/analyst/plans/$id', params: { id: only.id } });
    finish(
      failed === 0
        ? `${counted(done.length, 'plan')} made; each stands on the page of its ring`
        : `${counted(failed, 'plan')} could not be made: ${troubleOf(error).title}`,
    );
  };
  return (
    <button
      type="button"
      className="button button--small button--primary"
      disabled={plan.isPending}
      onClick={() => go().catch(() => undefined)}
    >
      Plan suspension
    </button>
  );
}

/** Dismissed rings are opened again, all others dismissed. */
function Dismiss({ rings, ask, finish }: DoProps & { ask: () => void }) {
  const open = useSetRingState();
  const areDismissed = rings.every(({ state }) => state === 'dismissed');
  if (!areDismissed) {
    return (
      <button type="button" className="button button--small" onClick={ask}>
        Dismiss
      </button>
    );
  }
  const openAgain = async () => {
    const { done, failed, error } = await open.mutateAsync({ ids: rings.map(({ id }) => id), state: 'open' });
    finish(failed === 0 ? `${counted(done.length, 'ring')} opened again` : troubleOf(error).title);
  };
  return (
    <button
      type="button"
      className="button button--small"
      disabled={open.isPending}
      onClick={() => openAgain().catch(() => undefined)}
    >
      Open again
    </button>
  );
}
