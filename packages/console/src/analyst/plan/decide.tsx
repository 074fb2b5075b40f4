import type { Action } from '@kith/protocol/study';
import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { counted } from '../../words/counts.ts';
import { AskDialog } from '../pieces/ask-dialog.tsx';
import { LoadError } from '../pieces/states.tsx';
import { useMay, useWho } from '../session/session-context.tsx';
import { Acting, Unknown } from './acting.tsx';
import { AskApproval } from './ask-approval.tsx';
import { isUnknown, type Step, type StepTaken } from './plan-queries.ts';

interface DecideProps {
  plan: Action;
  step: StepTaken;
  /** When the plan was last read, ms since 1970. */
  readAt: number;
  again: () => unknown;
}

/** The next step of a plan, for whoever may take it; and why not, for the others. */
export function Decide({ plan, step, readAt, again }: DecideProps) {
  const [asked, setAsked] = useState<'act' | 'undo'>();
  const take = (what: Step) => {
    setAsked(undefined);
    step.mutate(what);
  };
  const lost = step.error && isUnknown(step.error);
  // Sent again only by a person who has seen what the plan says after the loss.
  if (lost && readAt <= step.failedAt) return <Unknown again={again} />;
  const isUnderWay = plan.progress !== undefined || (step.isPending && step.variables !== 'approve');
  if (isUnderWay) return <Acting plan={plan} step={step.variables} />;
  return (
    <section className="card section decide" aria-label="What is next">
      {lost ? <AfterLoss plan={plan} /> : step.error && <LoadError error={step.error} />}
      <Next plan={plan} isBusy={step.isPending} onApprove={() => take('approve')} onAsk={setAsked} />
      <Confirm plan={plan} step={asked} onClose={() => setAsked(undefined)} onYes={take} />
    </section>
  );
}

function AfterLoss({ plan }: { plan: Action }) {
  const words = {
    planned: 'was not carried out',
    approved: 'was not carried out',
    done: 'was carried out',
    undone: 'was undone',
  };
  return (
    <Notice kind="info" title={`The connection is back: the plan ${words[plan.state]}`} role="status">
      <p>Its answer had been lost. What you see here was read afterwards.</p>
    </Notice>
  );
}

interface NextProps {
  plan: Action;
  isBusy: boolean;
  onApprove: () => void;
  onAsk: (step: 'act' | 'undo') => void;
}

function Next({ plan, isBusy, onApprove, onAsk }: NextProps) {
  const isAnalyst = useMay('analyst');
  if (plan.stale && plan.state !== 'done' && plan.state !== 'undone')
    return <p>The next step is a new plan.</p>;
  if (!isAnalyst) return <p className="soft">You may look at this; deciding takes an analyst.</p>;
  if (plan.state === 'undone') return <p>Nothing is left to do here. A new plan starts from the ring.</p>;
  if (plan.state === 'done')
    return (
      <div className="row row--spread">
        <p>{counted(plan.accounts, 'account')} suspended as one action, and undone as one if it was wrong.</p>
        <button type="button" className="button button--danger-quiet" onClick={() => onAsk('undo')}>
          Undo the suspension
        </button>
      </div>
    );
  if (plan.needsApproval && plan.state === 'planned')
    return <Approval plan={plan} isBusy={isBusy} onApprove={onApprove} />;
  return (
    <div className="row row--spread">
      <p>
        {plan.needsApproval
          ? 'A second person agrees. It can be carried out.'
          : 'So few accounts need no second person.'}
      </p>
      <button
        type="button"
        className="button button--danger"
        disabled={plan.accounts === 0}
        onClick={() => onAsk('act')}
      >
        Suspend {counted(plan.accounts, 'account')}
      </button>
    </div>
  );
}

function Approval({ plan, isBusy, onApprove }: { plan: Action; isBusy: boolean; onApprove: () => void }) {
  const { name } = useWho();
  const isApprover = useMay('approver');
  const isOwn = plan.plannedBy === name;
  return (
    <>
      <div className="row row--spread">
        <p>
          {isOwn
            ? 'You planned this, so you cannot approve it: it takes a second person to look at it.'
            : isApprover
              ? 'Look at whom it hits, then agree or leave it.'
              : 'So many accounts need the agreement of a second person: an approver.'}
        </p>
        {isApprover && (
          <button
            type="button"
            className="button button--primary"
            disabled={isOwn || isBusy}
            onClick={onApprove}
          >
            Approve
          </button>
        )}
      </div>
      <AskApproval plan={plan} />
    </>
  );
}

interface ConfirmProps {
  plan: Action;
  step: 'act' | 'undo' | undefined;
  onClose: () => void;
  onYes: (step: Step) => void;
}

function Confirm({ plan, step, onClose, onYes }: ConfirmProps) {
  const accounts = counted(plan.accounts, 'account');
  const isUndo = step === 'undo';
  return (
    <AskDialog
      open={step !== undefined}
      title={isUndo ? `Undo the suspension of ${accounts}?` : `Suspend ${accounts}?`}
      onClose={onClose}
      action={isUndo ? 'Undo it' : `Suspend ${accounts}`}
      onAct={() => step && onYes(step)}
      isGrave
    >
      <p>
        {isUndo
          ? 'Exactly those accounts are given back what was taken from them, and what waited for them waits again.'
          : 'All of them or none, at once: tokens refused, meetings withdrawn, waiting names taken back, the host told.'}
      </p>
    </AskDialog>
  );
}
