import type { RingSummary } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { counted } from '../../words/counts.ts';
import { useAddToCase, useOpenCases } from '../data/queries.ts';
import { LoadError, Ready } from '../pieces/states.tsx';

interface AddToCaseProps {
  open: boolean;
  rings: RingSummary[];
  onClose: () => void;
  onDone: (words: string) => void;
}

const another = 'new';

/** Puts rings into a case that is open, or opens one for them. */
export function AddToCase({ open, rings, onClose, onDone }: AddToCaseProps) {
  const cases = useOpenCases(open);
  const add = useAddToCase();
  const [chosen, setChosen] = useState(another);
  const [name, setName] = useState('');
  const isReady = chosen !== another || name.trim() !== '';
  const go = () =>
    add.mutate(
      { rings: rings.map(({ id }) => id), to: chosen === another ? { name: name.trim() } : { id: chosen } },
      { onSuccess: (made) => onDone(`${counted(rings.length, 'ring')} added to “${made.name}”`) },
    );
  return (
    <Dialog
      open={open}
      title={`Add ${counted(rings.length, 'ring')} to a case`}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button button--primary"
            disabled={!isReady || add.isPending}
            onClick={go}
          >
            Add
          </button>
        </>
      }
    >
      {add.error && <LoadError error={add.error} />}
      <Ready query={cases} what="the open cases">
        {(data) => (
          <Ways
            cases={data.cases.filter(({ state }) => state === 'open')}
            {...{ chosen, setChosen, name, setName }}
          />
        )}
      </Ready>
    </Dialog>
  );
}

interface WaysProps {
  cases: { id: string; name: string }[];
  chosen: string;
  setChosen: (id: string) => void;
  name: string;
  setName: (name: string) => void;
}

function Ways({ cases, chosen, setChosen, name, setName }: WaysProps) {
  const id = useId();
  return (
    <fieldset className="stack stack--tight">
      <legend className="visually-hidden">Case</legend>
      {[...cases, { id: another, name: 'A new case' }].map((one) => (
        <label key={one.id} className="option">
          <input type="radio" name={id} checked={chosen === one.id} onChange={() => setChosen(one.id)} />
          <span>{one.name}</span>
        </label>
      ))}
      {chosen === another && (
        <div className="field">
          <label htmlFor={`${id}-name`}>Name of the case</label>
          <input
            id={`${id}-name`}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
      )}
    </fieldset>
  );
}
