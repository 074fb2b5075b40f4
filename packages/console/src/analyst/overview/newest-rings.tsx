import type { RingSummary } from '@kith/protocol/study';
import { Link } from '@tanstack/react-router';
import { useClock } from '../../ui/clock.tsx';
import { counted } from '../../words/counts.ts';
import { whenWords } from '../../words/times.ts';
import { useRings } from '../data/queries.ts';
import { RingState } from '../pieces/ring-state.tsx';
import { Ready } from '../pieces/states.tsx';
import { countriesWords } from '../words/countries.ts';

/** The rings that changed last. */
export function NewestRings() {
  const rings = useRings({ sort: 'updatedAt', order: 'desc' }, 6);
  return (
    <section className="card stack" aria-labelledby="newest-rings">
      <div className="row row--spread">
        <h2 id="newest-rings">Newest rings</h2>
        <Link to="/analyst/rings" search={{}}>
          All rings
        </Link>
      </div>
      <Ready query={rings} what="the newest rings">
        {({ pages }) => <Newest rings={pages.flatMap((page) => page.rings)} />}
      </Ready>
    </section>
  );
}

function Newest({ rings }: { rings: RingSummary[] }) {
  const clock = useClock();
  if (rings.length === 0) {
    return (
      <p className="soft">
        None so far. Rings appear here by themselves when detection finds accounts that act as one; until then
        there is nothing to do.
      </p>
    );
  }
  return (
    <ul className="newest">
      {rings.map((ring) => (
        <li key={ring.id}>
          <Link to="/analyst/rings/$id" params={{ id: ring.id }} className="newest__link">
            <span className="newest__head">
              <strong>{counted(ring.accounts, 'account')}</strong>
              <RingState state={ring.state} />
            </span>
            <span className="newest__why">{ring.why[0]}</span>
            <span className="soft small">
              {countriesWords(ring.countries)} · {whenWords(ring.updatedAt, clock)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
