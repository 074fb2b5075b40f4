import type { Action } from '@kith/protocol/study';
import { Avatar } from '../../ui/avatar.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { exactWords } from '../words/moments.ts';

interface Deed {
  what: string;
  by: string;
  at: string;
}

/** Who did what and when, so that two people are seen to be two. */
export function People({ plan }: { plan: Action }) {
  const deeds = deedsOf(plan);
  const isTwo = plan.approvedBy !== undefined && plan.approvedBy !== plan.plannedBy;
  return (
    <section className="card section" aria-label="Who decided">
      <ol className="deeds">
        {deeds.map(({ what, by, at }) => (
          <li key={what} className="deed">
            <Avatar id={by} card={{ name: by, handle: '' }} size="small" />
            <div>
              <p className="small soft">{what}</p>
              <p>
                <strong>
                  <Clipped text={by} most={40} />
                </strong>
              </p>
              <p className="small soft numeric">
                <time dateTime={at}>{exactWords(at)}</time>
              </p>
            </div>
          </li>
        ))}
        {plan.needsApproval && plan.state === 'planned' && (
          <li className="deed deed--open">
            <span className="avatar avatar--small avatar--nobody" aria-hidden="true">
              ?
            </span>
            <div>
              <p className="small soft">Approved</p>
              <p>
                <strong>Nobody yet</strong>
              </p>
              <p className="small soft">anybody but {plan.plannedBy}</p>
            </div>
          </li>
        )}
      </ol>
      {isTwo && (
        <p className="small">
          Two people: <bdi>{plan.plannedBy}</bdi> planned it, <bdi>{plan.approvedBy}</bdi> approved it.
        </p>
      )}
      {plan.note && (
        <blockquote className="said">
          <Clipped text={plan.note} most={600} canOpen />
        </blockquote>
      )}
    </section>
  );
}

function deedsOf(plan: Action): Deed[] {
  const deeds: [what: string, by: string | undefined, at: string | undefined][] = [
    ['Planned', plan.plannedBy, plan.plannedAt],
    ['Asked for approval', plan.askedBy, plan.askedAt],
    ['Approved', plan.approvedBy, plan.approvedAt],
    ['Carried out', plan.doneBy, plan.doneAt],
    ['Undone', plan.undoneBy, plan.undoneAt],
  ];
  return deeds.flatMap(([what, by, at]) => (by && at ? [{ what, by, at }] : []));
}
