import type { CaseDetail } from '@kith/protocol/study';
import { Link } from '@tanstack/react-router';
import { counted, grouped } from '../../words/counts.ts';
import { RingState } from '../pieces/ring-state.tsx';
import { LoadError } from '../pieces/states.tsx';
import { useMay } from '../session/session-context.tsx';
import { countriesWords } from '../words/countries.ts';
import { dayWords } from '../words/moments.ts';
import { useChangeCase } from './case-queries.ts';

/** The rings that the case is about. */
export function CaseRings({ found }: { found: CaseDetail }) {
  const change = useChangeCase(found.id);
  const mayEdit = useMay('analyst') && found.state === 'open';
  if (found.rings.length === 0)
    return (
      <p>
        None yet. Open a ring <Link to="/analyst/rings">in the queue</Link> and press “Add to case”.
      </p>
    );
  return (
    <>
      <ul className="case-rings">
        {found.rings.map((ring) => (
          <li key={ring.id} className="case-rings__one">
            <div>
              <p>
                <Link to="/analyst/rings/$id" params={{ id: ring.id }}>
                  {counted(ring.accounts, 'account')}
                </Link>{' '}
                <RingState state={ring.state} />
              </p>
              <p className="small soft">
                {countriesWords(ring.countries)} · {grouped(ring.tried)} numbers tried,{' '}
                {grouped(ring.revealed)} names got · {dayWords(ring.since)} to {dayWords(ring.until)}
              </p>
            </div>
            {mayEdit && (
              <button
                type="button"
                className="button button--small button--quiet"
                disabled={change.isPending}
                onClick={() => change.mutate({ removeRings: [ring.id] })}
                aria-label={`Take out the ring of ${counted(ring.accounts, 'account')}`}
              >
                Take out
              </button>
            )}
          </li>
        ))}
      </ul>
      {change.error && <LoadError error={change.error} />}
    </>
  );
}
