import type { RingDetail } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { LoadError } from '../pieces/states.tsx';
import { useRingDecisions } from './ring-queries.ts';

interface DismissRingProps {
  ring: RingDetail;
  open: boolean;
  onClose: () => void;
}

/** Puts a ring aside with the reason for it, or takes it up again. */
export function DismissRing({ ring, open, onClose }: DismissRingProps) {
  const { dismiss } = useRingDecisions(ring.id);
  const [note, setNote] = useState('');
  const id = useId();
  const isBack = ring.state === 'dismissed';
  const needsNote = !isBack && note.trim() === '';
  const decide = () =>
    dismiss.mutate(
      { state: isBack ? 'open' : 'dismissed', ...(note.trim() !== '' && { note: note.trim() }) },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      open={open}
      title={isBack ? 'Open this ring again?' : 'Dismiss this ring?'}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Not now
          </button>
          <button
            type="button"
            className="button button--primary"
            disabled={dismiss.isPending || needsNote}
            onClick={decide}
          >
            {isBack ? 'Open again' : 'Dismiss'}
          </button>
        </>
      }
    >
      {!isBack && <p>It leaves the queue. It can be opened again, and detection goes on watching it.</p>}
      <div className="field">
        <label htmlFor={id}>{isBack ? 'Why (optional)' : 'Why'}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="soft small">Stands in the ledger with your name. Write nothing about a person.</p>
      </div>
      {dismiss.error && <LoadError error={dismiss.error} />}
    </Dialog>
  );
}
