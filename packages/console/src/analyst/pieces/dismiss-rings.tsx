import { useId, useState } from 'react';
import { counted } from '../../words/counts.ts';
import { useSetRingState } from '../data/queries.ts';
import { AskDialog } from './ask-dialog.tsx';

interface DismissRingsProps {
  open: boolean;
  /** Ids. */
  rings: readonly string[];
  onClose: () => void;
  onDone: (words: string) => void;
}

/** Leaving rings alone is a decision as well: who made it goes into the ledger, and why stays with the ring. */
export function DismissRings({ open, rings, onClose, onDone }: DismissRingsProps) {
  const id = useId();
  const [note, setNote] = useState('');
  const dismiss = useSetRingState();
  const [error, setError] = useState<unknown>();
  const go = async () => {
    const outcome = await dismiss.mutateAsync({ ids: [...rings], state: 'dismissed', note: note.trim() });
    setError(outcome.error);
    if (outcome.failed > 0) return;
    setNote('');
    onDone(`${counted(outcome.done.length, 'ring')} dismissed`);
  };
  return (
    <AskDialog
      open={open}
      title={`Dismiss ${counted(rings.length, 'ring')}?`}
      onClose={onClose}
      action="Dismiss"
      onAct={() => go().catch(setError)}
      isReady={note.trim() !== ''}
      isPending={dismiss.isPending}
      error={error}
    >
      <p>
        Nothing happens to the accounts. What is dismissed leaves the queue, can be opened again at any time,
        and detection goes on watching it.
      </p>
      <div className="field">
        <label htmlFor={id}>Why</label>
        <input
          id={id}
          maxLength={2_000}
          autoComplete="off"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="soft small">
          It is kept with the ring, and your name in the ledger. Write nothing about a person.
        </p>
      </div>
    </AskDialog>
  );
}
