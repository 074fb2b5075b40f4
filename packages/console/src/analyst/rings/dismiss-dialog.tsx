import type { RingSummary } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { counted } from '../../words/counts.ts';
import { useSetRingState } from '../data/queries.ts';
import { LoadError } from '../pieces/states.tsx';

interface DismissDialogProps {
  open: boolean;
  rings: RingSummary[];
  onClose: () => void;
  onDone: (words: string) => void;
}

/** Leaving rings alone is a decision as well: who made it goes into the ledger, and why stays with the ring. */
export function DismissDialog({ open, rings, onClose, onDone }: DismissDialogProps) {
  const id = useId();
  const [note, setNote] = useState('');
  const dismiss = useSetRingState();
  const [error, setError] = useState<unknown>();
  const go = async () => {
    const ids = rings.map((ring) => ring.id);
    const outcome = await dismiss.mutateAsync({ ids, state: 'dismissed', note: note.trim() });
    setError(outcome.error);
    if (outcome.failed > 0) return;
    setNote('');
    onDone(`${counted(outcome.done.length, 'ring')} dismissed`);
  };
  return (
    <Dialog
      open={open}
      title={`Dismiss ${counted(rings.length, 'ring')}?`}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button button--primary"
            disabled={dismiss.isPending}
            onClick={() => go().catch(setError)}
          >
            {dismiss.isPending ? 'Dismissing …' : 'Dismiss'}
          </button>
        </>
      }
    >
      {Boolean(error) && <LoadError error={error} />}
      <p>Nothing happens to the accounts. The rings leave the queue and can be opened again at any time.</p>
      <div className="field">
        <label htmlFor={id}>Why, to be kept with the ring (may be left out)</label>
        <input id={id} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
    </Dialog>
  );
}
