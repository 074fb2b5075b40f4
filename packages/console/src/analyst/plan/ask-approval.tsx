import type { Action } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { LoadError } from '../pieces/states.tsx';
import { useAsk } from './plan-queries.ts';

/** Puts the plan before those who may approve it, with a word to them. */
export function AskApproval({ plan }: { plan: Action }) {
  const ask = useAsk(plan.id);
  const [note, setNote] = useState('');
  const id = useId();
  if (plan.askedBy)
    return (
      <p className="small soft">
        Approval has been asked for. Send the address of this page to whoever shall look at it.
      </p>
    );
  return (
    <div className="ask">
      <div className="field">
        <label htmlFor={id}>A word to whoever approves (optional)</label>
        <input id={id} value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
      </div>
      <button type="button" className="button" disabled={ask.isPending} onClick={() => ask.mutate(note)}>
        Ask for approval
      </button>
      {ask.error && <LoadError error={ask.error} />}
    </div>
  );
}
