import type { NetworkTraffic } from '@kith/protocol/study';
import { grouped } from '../../words/counts.ts';
import { CountryName } from '../pieces/country-name.tsx';
import { NetworkMark } from '../pieces/network-mark.tsx';
import { ScrollRegion } from '../pieces/scroll-region.tsx';

const shownMax = 12;

/** The networks that ask most, those that are not people's marked. */
export function Networks({ networks }: { networks: NetworkTraffic[] }) {
  return (
    <section className="card stack" aria-labelledby="networks">
      <h2 id="networks">Networks</h2>
      {networks.length === 0 ? (
        <p className="soft">No traffic has been seen in the last 24 hours.</p>
      ) : (
        <ScrollRegion className="scroller" label="Networks, most new numbers first">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Operator</th>
                <th scope="col" className="table__number">
                  New numbers
                </th>
                <th scope="col" className="table__number">
                  Accounts
                </th>
                <th scope="col" className="table__number">
                  In rings
                </th>
              </tr>
            </thead>
            <tbody>
              {networks.slice(0, shownMax).map((network) => (
                <Row key={`${network.asn} ${network.country}`} network={network} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}

function Row({
  network: { asn, operator, kind, country, accounts, numbers, ringAccounts },
}: {
  network: NetworkTraffic;
}) {
  return (
    <tr>
      <th scope="row">
        <span className="operator">
          {operator || 'Unknown operator'} <NetworkMark kind={kind} />
        </span>
        <span className="soft small">
          {asn > 0 && `AS${asn} · `}
          <CountryName code={country} />
        </span>
      </th>
      <td className="table__number">{grouped(numbers)}</td>
      <td className="table__number">{grouped(accounts)}</td>
      <td className="table__number">{ringAccounts > 0 ? <strong>{grouped(ringAccounts)}</strong> : '0'}</td>
    </tr>
  );
}
