import type { CaseSummary } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { counted } from '../../words/counts.ts';
import { useAddToCase, useOpenCases } from '../data/queries.ts';
import { Clipped } from '../ring/clipped.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { Ready } from './states.tsx';

interface AddToCaseProps {
  open: boolean;
  /** Ids. */
  rings: readonly string[];
  onClose: () => void;
  onDone: (made: CaseSummary) => void;
}

/** Puts rings into a case that is open, or opens one for them. */
export function AddToCase({ open, rings, onClose, onDone }: AddToCaseProps) {
  const cases = useOpenCases(open);
  const add = useAddToCase();
  // The id of a case; none is a new one.
  const [to, setTo] = useState<string>();
  const [name, setName] = useState('');
  const id = useId();
  const target = to === undefined ? { name: name.trim() } : { id: to };
  return (
    <AskDialog
      open={open}
      title={`Add ${counted(rings.length, 'ring')} to a case`}
      onClose={onClose}
      action="Add"
      onAct={() => add.mutate({ rings: [...rings], to: target }, { onSuccess: onDone })}
      isReady={to !== undefined || name.trim() !== ''}
      isPending={add.isPending}
      error={add.error}
    >
      <Ready query={cases} what="the open cases">
        {(data) => (
          <fieldset className="stack stack--tight">
            <legend className="visually-hidden">Case</legend>
            {data.cases
              .filter((one) => one.state === 'open' && !rings.every((ring) => one.rings.includes(ring)))
              .map((one) => (
                <label key={one.id} className="option">
                  <input type="radio" name={id} checked={to === one.id} onChange={() => setTo(one.id)} />
                  <span>
                    <Clipped text={one.name} />{' '}
                    <span className="small soft">{counted(one.rings.length, 'ring')}</span>
                  </span>
                </label>
              ))}
            <label className="option">
              <input type="radio" name={id} checked={to === undefined} onChange={() => setTo(undefined)} />A
              new case
            </label>
          </fieldset>
        )}
      </Ready>
      {to === undefined && (
        <div className="field">
          <label htmlFor={`${id}-name`}>Name of the case</label>
          <input
            id={`${id}-name`}
            maxLength={200}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
      )}
    </AskDialog>
  );
}
