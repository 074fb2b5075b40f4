import type { Action } from '@kith/protocol/study';
import { LoadError } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { useLeaveOut } from './plan-queries.ts';

/** A few of those who look honest in spite of it all: look at them before anybody is suspended. */
export function Honest({ plan }: { plan: Action }) {
  const leaveOut = useLeaveOut(plan.id);
  const mayEdit = useMay('analyst') && plan.state === 'planned' && !plan.stale;
  const { sample } = plan.summary;
  const inside = sample.filter(({ member }) => !plan.leftOut.includes(member));
  const out = (members: string[]) => leaveOut.mutate([...plan.leftOut, ...members]);
  return (
    <Section
      title="Those who look honest"
      tools={
        mayEdit &&
        inside.length > 1 && (
          <button
            type="button"
            className="button button--small"
            disabled={leaveOut.isPending}
            onClick={() => out(inside.map(({ member }) => member))}
          >
            Leave these {inside.length} out
          </button>
        )
      }
    >
      {sample.length === 0 && <p>None of the accounts looks like a person who is here for friends.</p>}
      <ul className="honest">
        {sample.map(({ member, name, why }) => {
          const isOut = plan.leftOut.includes(member);
          return (
            <li key={member} className="honest__one">
              <div>
                <p>
                  <strong>
                    <Clipped text={name || member} most={60} canOpen />
                  </strong>{' '}
                  <span className="soft small">
                    <Clipped text={member} most={40} />
                  </span>
                </p>
                <p className="small">{why.join(' · ')}</p>
              </div>
              {mayEdit && !isOut && (
                <button
                  type="button"
                  className="button button--small"
                  disabled={leaveOut.isPending}
                  onClick={() => out([member])}
                >
                  Leave out
                </button>
              )}
              {isOut && <span className="tag tag--good">Left out</span>}
            </li>
          );
        })}
      </ul>
      {leaveOut.error && <LoadError error={leaveOut.error} />}
    </Section>
  );
}
