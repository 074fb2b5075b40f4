import { type Analyst, type Role, roles } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { useAddAnalyst } from '../data/queries.ts';
import { AskDialog } from '../pieces/ask-dialog.tsx';
import { roleMeans, roleWords } from '../words/roles.ts';

interface AddAnalystProps {
  open: boolean;
  onClose: () => void;
  onAdded: (analyst: Analyst) => void;
}

/** Makes an account with a first password that its owner must change. */
export function AddAnalyst({ open, onClose, onAdded }: AddAnalystProps) {
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const add = useAddAnalyst();
  const submit = () =>
    add.mutate(
      { name: name.trim(), role },
      {
        onSuccess: (analyst) => {
          setName('');
          onAdded(analyst);
          onClose();
        },
      },
    );
  return (
    <AskDialog
      open={open}
      title="Add an analyst"
      onClose={onClose}
      action="Add"
      onAct={submit}
      isReady={name.trim() !== ''}
      isPending={add.isPending}
      error={add.error}
    >
      <div className="field">
        <label htmlFor={`${id}-name`}>Name to sign in with</label>
        <input
          id={`${id}-name`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <fieldset>
        <legend>Role</legend>
        {roles.map((one) => (
          <label key={one} className="option">
            <input type="radio" name={`${id}-role`} checked={role === one} onChange={() => setRole(one)} />
            <span>
              {roleWords[one]} <span className="soft small">{roleMeans[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </AskDialog>
  );
}
