import type { RingDetail } from '@kith/protocol/study';
import { grouped } from '../../words/counts.ts';
import { countryWords } from '../words/countries.ts';
import { Clipped } from './clipped.tsx';

/** Whose numbers they tried, and with which clients. */
export function Tried({ ring: { tried, clients } }: { ring: RingDetail }) {
  return (
    <div className="stack">
      <Bars
        title="Numbers tried, by their country"
        empty="The numbers of this ring are not known by country: they were asked about in the private way."
        rows={tried.countries.map(({ country, numbers }) => [countryWords(country), numbers])}
      />
      <Bars
        title="Clients that they used"
        empty="No client said what it was."
        rows={clients.map(({ client, accounts }) => [client || 'said nothing', accounts])}
      />
    </div>
  );
}

interface BarsProps {
  title: string;
  empty: string;
  rows: [name: string, count: number][];
}

function Bars({ title, empty, rows }: BarsProps) {
  const ranked = rows.toSorted((a, b) => b[1] - a[1]).slice(0, 8);
  const most = Math.max(1, ...ranked.map(([, count]) => count));
  return (
    <section className="stack stack--tight">
      <h3>{title}</h3>
      {ranked.length === 0 && <p className="soft small">{empty}</p>}
      <ul className="ranks">
        {ranked.map(([name, count]) => (
          <li key={name}>
            <span>
              <Clipped text={name} most={32} />
            </span>
            <svg width="100%" height="8" aria-hidden="true" focusable="false" className="weight">
              <rect className="weight__bar" width={`${(count / most) * 100}%`} height="8" rx="4" />
            </svg>
            <span className="numeric">{grouped(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
