import type { RingDetail } from '@kith/protocol/study';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { counted, grouped } from '../../words/counts.ts';
import { useSetRingState } from '../data/queries.ts';
import { AddToCase } from '../pieces/add-to-case.tsx';
import { AskDialog } from '../pieces/ask-dialog.tsx';
import { DismissRings } from '../pieces/dismiss-rings.tsx';
import { useMay } from '../session/session-context.tsx';
import { usePlanSuspension, useRingActions, useThrottle } from './ring-queries.ts';

type Asked = 'plan' | 'throttle' | 'dismiss' | 'case';

/** What can be done about a ring, for those who may. */
export function RingActions({ ring, chosen }: { ring: RingDetail; chosen: ReadonlySet<string> }) {
  const [asked, setAsked] = useState<Asked>();
  const isAnalyst = useMay('analyst');
  const navigate = useNavigate();
  const close = () => setAsked(undefined);
  const isOver = ring.state === 'dismissed' || ring.state === 'suspended';
  return (
    <>
      <PlanLink ring={ring.id} />
      {isAnalyst && (
        <>
          {!isOver && ring.actionable && (
            <button type="button" className="button button--primary" onClick={() => setAsked('plan')}>
              Plan suspension
            </button>
          )}
          {ring.state === 'open' && ring.actionable && (
            <button type="button" className="button" onClick={() => setAsked('throttle')}>
              Throttle
            </button>
          )}
          <button type="button" className="button" onClick={() => setAsked('case')}>
            Add to case
          </button>
          {ring.state === 'dismissed' && <OpenAgain ring={ring.id} />}
          {!isOver && (
            <button type="button" className="button" onClick={() => setAsked('dismiss')}>
              Dismiss
            </button>
          )}
        </>
      )}
      <PlanDialog ring={ring} chosen={chosen} open={asked === 'plan'} onClose={close} />
      <ThrottleDialog ring={ring} open={asked === 'throttle'} onClose={close} />
      <DismissRings rings={[ring.id]} open={asked === 'dismiss'} onClose={close} onDone={close} />
      <AddToCase
        rings={[ring.id]}
        open={asked === 'case'}
        onClose={close}
        onDone={({ id }) => navigate({ to: '/analyst/cases/$id', params: { id } })}
      />
    </>
  );
}

/** To the newest plan of this ring, so that two analysts do not make two. */
function PlanLink({ ring }: { ring: string }) {
  const newest = useRingActions(ring).data?.find(({ state }) => state !== 'undone');
  if (!newest) return null;
  return (
    <Link to="/analyst/plans/$id" params={{ id: newest.id }} className="button">
      {newest.state === 'done' ? 'What was done' : 'The plan so far'}
    </Link>
  );
}

function OpenAgain({ ring }: { ring: string }) {
  const open = useSetRingState();
  return (
    <button
      type="button"
      className="button"
      disabled={open.isPending}
      onClick={() => open.mutate({ ids: [ring], state: 'open' })}
    >
      Open again
    </button>
  );
}

interface AskProps {
  ring: RingDetail;
  open: boolean;
  onClose: () => void;
}

function PlanDialog({ ring, chosen, open, onClose }: AskProps & { chosen: ReadonlySet<string> }) {
  const navigate = useNavigate();
  const plan = usePlanSuspension(ring.id);
  const [isLeavingOut, setLeavingOut] = useState(false);
  const leaveOut = isLeavingOut ? [...chosen] : [];
  const make = () =>
    plan.mutate(leaveOut, { onSuccess: ({ id }) => navigate({ to: '/analyst/plans/$id', params: { id } }) });
  return (
    <AskDialog
      open={open}
      title="Plan a suspension"
      onClose={onClose}
      action="Make the plan"
      onAct={make}
      isPending={plan.isPending}
      error={plan.error}
    >
      <p>
        A plan changes nothing yet: it says who would be hit and what they would lose, and others can look at
        it.
      </p>
      {chosen.size > 0 && (
        <fieldset className="stack stack--tight">
          <legend>Which accounts</legend>
          <label className="option">
            <input type="radio" name="who" checked={!isLeavingOut} onChange={() => setLeavingOut(false)} />
            All {counted(ring.accounts, 'account')} of the ring
          </label>
          <label className="option">
            <input type="radio" name="who" checked={isLeavingOut} onChange={() => setLeavingOut(true)} />
            All but the {grouped(chosen.size)} chosen
          </label>
        </fieldset>
      )}
    </AskDialog>
  );
}

function ThrottleDialog({ ring, open, onClose }: AskProps) {
  const throttle = useThrottle(ring.id);
  return (
    <AskDialog
      open={open}
      title="Throttle this ring?"
      onClose={onClose}
      action={`Throttle ${counted(ring.accounts, 'account')}`}
      onAct={() => throttle.mutate(undefined, { onSuccess: onClose })}
      isPending={throttle.isPending}
      error={throttle.error}
    >
      <p>
        From now on all its accounts together may spend what one member may. Nobody is told, and nothing is
        taken from them.
      </p>
    </AskDialog>
  );
}
