import type { Origin } from '@kith/protocol/study';
import { useState } from 'react';
import { counted, grouped } from '../../words/counts.ts';
import { NetworkMark } from '../pieces/network-mark.tsx';
import { countryWords } from '../words/countries.ts';
import { Clipped } from './clipped.tsx';

const shownAtFirst = 12;

/** Networks that the traffic left from, the most accounts first. */
export function Origins({ origins }: { origins: readonly Origin[] }) {
  const [isAll, setAll] = useState(false);
  const ranked = origins.toSorted((a, b) => b.accounts - a.accounts);
  const shown = isAll ? ranked : ranked.slice(0, shownAtFirst);
  if (ranked.length === 0) return <p className="soft">No address of this ring told where it was.</p>;
  return (
    <div className="stack">
      <div className="scroller">
        <table className="table table--dense">
          <caption className="visually-hidden">Networks that the traffic left from</caption>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col">Country</th>
              <th scope="col" className="table__number">
                Accounts
              </th>
              <th scope="col" className="table__number">
                Numbers
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((origin) => (
              <tr key={`${origin.asn} ${origin.country} ${origin.network}`}>
                <th scope="row">
                  <Clipped text={origin.operator || 'Unknown operator'} most={40} />{' '}
                  <span className="soft small">{origin.asn > 0 && `AS${origin.asn}`}</span>{' '}
                  <NetworkMark kind={origin.network} />
                </th>
                <td>{countryWords(origin.country)}</td>
                <td className="table__number">{grouped(origin.accounts)}</td>
                <td className="table__number">{grouped(origin.numbers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ranked.length > shownAtFirst && (
        <button type="button" className="button button--small" onClick={() => setAll(!isAll)}>
          {isAll ? 'Fewer' : `All ${counted(ranked.length, 'network')}`}
        </button>
      )}
    </div>
  );
}
