import { type Analyst, type Role, roles } from '@kith/protocol/study';
import { useClock } from '../../ui/clock.tsx';
import { whenWords } from '../../words/times.ts';
import { useChangeAnalyst } from '../data/queries.ts';
import { LoadError } from '../pieces/states.tsx';
import { useWho } from '../session/session-context.tsx';
import { roleMeans, roleWords } from '../words/roles.ts';

interface AnalystRowProps {
  analyst: Analyst;
  onIssued: (analyst: Analyst) => void;
}

/** One analyst. Nobody changes its own role or shuts itself out: somebody must be left who can. */
export function AnalystRow({ analyst, onIssued }: AnalystRowProps) {
  const clock = useClock();
  const me = useWho();
  const change = useChangeAnalyst();
  const { id, name, role, state, way, lastSeenAt } = analyst;
  const isMe = id === me.id;
  return (
    <tr className={state === 'disabled' ? 'analysts__row--off' : undefined}>
      <th scope="row">
        <bdi>{name}</bdi>
        {isMe && <span className="soft"> (you)</span>}
        {change.error && <LoadError error={change.error} />}
      </th>
      <td>
        <RoleChoice
          name={name}
          role={role}
          disabled={isMe || change.isPending || state === 'disabled'}
          onChange={(next) => change.mutate({ id, role: next })}
        />
        <span className="rings__under soft small">{roleMeans[role]}</span>
      </td>
      <td>{way === 'oidc' ? 'identity provider' : 'password'}</td>
      <td>{lastSeenAt ? whenWords(lastSeenAt, clock) : <span className="soft">never</span>}</td>
      <td>
        {isMe ? (
          <span className="soft">yours</span>
        ) : (
          <div className="row">
            <button
              type="button"
              className="button button--small"
              disabled={change.isPending}
              aria-label={`${state === 'active' ? 'Disable' : 'Enable'} ${name}`}
              onClick={() => change.mutate({ id, state: state === 'active' ? 'disabled' : 'active' })}
            >
              {state === 'active' ? 'Disable' : 'Enable'}
            </button>
            {way === 'local' && state === 'active' && (
              <button
                type="button"
                className="button button--small button--quiet"
                disabled={change.isPending}
                aria-label={`Give ${name} a new password`}
                onClick={() => change.mutate({ id, resetPassword: true }, { onSuccess: onIssued })}
              >
                New password
              </button>
            )}
          </div>
        )}
      </td>
    </tr>
  );
}

interface RoleChoiceProps {
  name: string;
  role: Role;
  disabled: boolean;
  onChange: (role: Role) => void;
}

function RoleChoice({ name, role, disabled, onChange }: RoleChoiceProps) {
  return (
    <select
      aria-label={`Role of ${name}`}
      value={role}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {roleWords[one]}
        </option>
      ))}
    </select>
  );
}
