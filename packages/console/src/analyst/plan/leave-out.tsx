import type { Action } from '@kith/protocol/study';
import { useDeferredValue, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { counted } from '../../words/counts.ts';
import { LoadError } from '../pieces/states.tsx';
import { useAccounts } from '../ring/accounts/use-accounts.ts';
import { Clipped } from '../ring/clipped.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { useLeaveOut } from './plan-queries.ts';

const shownMax = 8;

/** Who is left alone, to be changed while nothing has happened. */
export function LeaveOut({ plan }: { plan: Action }) {
  const leaveOut = useLeaveOut(plan.id);
  const isAnalyst = useMay('analyst');
  const { leftOut } = plan;
  return (
    <Section title={`Left out: ${counted(leftOut.length, 'account')}`}>
      <p className="soft small">
        Whoever is left out stays as they are. A change counts the plan anew, and it has to be approved anew.
      </p>
      {isAnalyst && (
        <FindAccount
          ring={plan.ring}
          out={leftOut}
          disabled={leaveOut.isPending}
          onPick={(member) => leaveOut.mutate([...leftOut, member])}
        />
      )}
      <ul className="left-out">
        {leftOut.slice(0, 200).map((member) => (
          <li key={member} className="left-out__one">
            <Clipped text={member} most={40} />
            {isAnalyst && (
              <button
                type="button"
                className="button button--small button--quiet"
                disabled={leaveOut.isPending}
                onClick={() => leaveOut.mutate(leftOut.filter((one) => one !== member))}
                aria-label={`Take back in: ${member.slice(0, 80)}`}
              >
                Take back in
              </button>
            )}
          </li>
        ))}
      </ul>
      {leftOut.length > 200 && (
        <p className="small soft">and {counted(leftOut.length - 200, 'more account')}</p>
      )}
      {leaveOut.error && <LoadError error={leaveOut.error} />}
    </Section>
  );
}

interface FindAccountProps {
  ring: string;
  out: readonly string[];
  disabled: boolean;
  onPick: (member: string) => void;
}

function FindAccount({ ring, out, disabled, onPick }: FindAccountProps) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  return (
    <div className="stack stack--tight">
      <div className="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label="Find an account to leave out, by name or id"
          placeholder="Name or id of an account"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {q.length > 1 && <Found ring={ring} q={q} out={out} disabled={disabled} onPick={onPick} />}
    </div>
  );
}

function Found({ ring, q, out, disabled, onPick }: FindAccountProps & { q: string }) {
  const accounts = useAccounts(ring, { sort: 'evidence', order: 'asc', q });
  if (accounts.error) return <LoadError error={accounts.error} again={accounts.refetch} />;
  const found = accounts.rows.filter(({ member }) => !out.includes(member)).slice(0, shownMax);
  if (accounts.isPending) return <p className="small soft">Looking…</p>;
  if (found.length === 0) return <p className="small soft">No account of the ring fits.</p>;
  return (
    <ul className="left-out">
      {found.map(({ member, name }) => (
        <li key={member} className="left-out__one">
          <span>
            <Clipped text={name || member} most={50} />{' '}
            <span className="small soft">
              <Clipped text={member} most={30} />
            </span>
          </span>
          <button
            type="button"
            className="button button--small"
            disabled={disabled}
            onClick={() => onPick(member)}
          >
            Leave out
          </button>
        </li>
      ))}
    </ul>
  );
}
