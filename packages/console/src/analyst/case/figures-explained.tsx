import type { Figures } from '@kith/protocol/study';
import { grouped } from '../../words/counts.ts';
import { type Figure, FigureList } from '../pieces/figure-list.tsx';
import { exactWords } from '../words/moments.ts';

/** The figures, and of each whether it is exact or a bound. */
export function FiguresExplained({ figures }: { figures: Figures }) {
  const facts: Figure[] = [
    ['Members exposed', grouped(figures.membersExposed), 'their card was shown'],
    ['Cards shown', grouped(figures.cardsRevealed), 'to accounts of the case'],
    ['Protected', grouped(figures.membersProtected.total), 'tried, and not shown'],
    ['Numbers tried', grouped(figures.numbersTried), 'by all accounts'],
    ['Accounts', grouped(figures.accounts), `${grouped(figures.accountsSuspended)} suspended`],
  ];
  return (
    <>
      <FigureList figures={facts} />
      <div className="exactness">
        <section>
          <h3>Exact</h3>
          <p className="small">
            Whose card was shown, to whom and when: no card is shown without an entry in the ledger in the
            same transaction.
          </p>
        </section>
        <section>
          <h3>At most</h3>
          {figures.bounds.length === 0 && (
            <p className="small">Nothing here is a bound: all of it is exact.</p>
          )}
          <ul className="list small">
            {figures.bounds.map(({ what, atMost, why }) => (
              <li key={what}>
                <strong className="numeric">at most {grouped(atMost)}</strong> · {why}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>Others</h3>
          <p className="small">{othersWords(figures.others)}</p>
        </section>
      </div>
    </>
  );
}

function othersWords({ searchedAt, found, nobody }: Figures['others']): string {
  if (!searchedAt) return 'Nobody has searched for others who did the same, for every ring of the case.';
  const when = exactWords(searchedAt);
  return nobody ? `Searched, nobody (${when}).` : `${grouped(found)} other accounts did the same (${when}).`;
}
