import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { counted } from '../../words/counts.ts';
import { useAddToCase, useOpenCases } from '../data/queries.ts';
import { LoadError, Ready } from '../pieces/states.tsx';
import { Clipped } from './clipped.tsx';

interface AddToCaseProps {
  ring: string;
  open: boolean;
  onClose: () => void;
}

/** Puts a ring into a case, a new one or one that is open. */
export function AddToCase({ ring, open, onClose }: AddToCaseProps) {
  const cases = useOpenCases(open);
  const add = useAddToCase();
  const [to, setTo] = useState<string>();
  const [name, setName] = useState('');
  const id = useId();
  const isNew = to === undefined;
  const done = add.data?.id;
  const close = () => {
    add.reset();
    onClose();
  };
  return (
    <Dialog
      open={open}
      title="Add to a case"
      onClose={close}
      actions={
        <>
          <button type="button" className="button" onClick={close}>
            {done ? 'Close' : 'Not now'}
          </button>
          {done ? (
            <Link to="/analyst/cases/$id" params={{ id: done }} className="button button--primary">
              Open the case
            </Link>
          ) : (
            <button
              type="button"
              className="button button--primary"
              disabled={add.isPending || (isNew && name.trim() === '')}
              onClick={() =>
                add.mutate({ rings: [ring], to: to === undefined ? { name: name.trim() } : { id: to } })
              }
            >
              Add
            </button>
          )}
        </>
      }
    >
      {done ? (
        <p role="status">The ring is in the case.</p>
      ) : (
        <Ready query={cases} what="the cases">
          {({ cases: all }) => (
            <fieldset className="stack stack--tight">
              <legend className="visually-hidden">Which case</legend>
              {all
                .filter((one) => one.state === 'open' && !one.rings.includes(ring))
                .map((one) => (
                  <label key={one.id} className="option">
                    <input type="radio" name="case" checked={to === one.id} onChange={() => setTo(one.id)} />
                    <span>
                      <Clipped text={one.name} />{' '}
                      <span className="small soft">{counted(one.rings.length, 'ring')}</span>
                    </span>
                  </label>
                ))}
              <label className="option">
                <input type="radio" name="case" checked={isNew} onChange={() => setTo(undefined)} />A new case
              </label>
              {isNew && (
                <div className="field">
                  <label htmlFor={id}>Its name</label>
                  <input
                    id={id}
                    value={name}
                    maxLength={200}
                    onChange={(event) => setName(event.target.value)}
                  />
                </div>
              )}
            </fieldset>
          )}
        </Ready>
      )}
      {add.error && <LoadError error={add.error} />}
    </Dialog>
  );
}
