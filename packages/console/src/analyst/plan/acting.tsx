import type { Action } from '@kith/protocol/study';
import { useEffect } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import type { Step } from './plan-queries.ts';

/** While it happens. All of it is one transaction, so nothing can be left half done. */
export function Acting({ plan, step }: { plan: Action; step: Step | undefined }) {
  const { progress, state } = plan;
  // Others see it happen too, who have not taken the step themselves.
  const isUndo = step === 'undo' || state === 'done';
  return (
    <section className="card section" aria-label="Under way">
      <p role="status">
        {isUndo ? 'Giving back' : 'Suspending'} {counted(plan.accounts, 'account')}…
        {progress && ` ${grouped(progress.done)} of ${grouped(progress.of)}`}
      </p>
      <progress
        aria-label={isUndo ? 'Undoing' : 'Suspending'}
        {...(progress && { value: progress.done, max: progress.of })}
      />
      <p className="soft small">All of them or none. You may leave this page; it goes on without you.</p>
    </section>
  );
}

const pauseMs = 1_500;

/** The answer was lost. Nothing is sent again; the plan is read until it can be. */
export function Unknown({ again }: { again: () => unknown }) {
  useEffect(() => {
    const timer = setInterval(again, pauseMs);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <Notice kind="warn" title="The connection was lost, and with it the answer" role="alert">
      <p>
        Whether it happened is not known. Nothing is sent a second time: this page reads the plan until it
        gets an answer, and then says.
      </p>
      <progress aria-label="Reading the plan" />
    </Notice>
  );
}
