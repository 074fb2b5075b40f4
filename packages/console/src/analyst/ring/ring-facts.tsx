import type { RingDetail } from '@kith/protocol/study';
import { Notice } from '../../ui/notice.tsx';
import { grouped } from '../../words/counts.ts';
import { type Figure, FigureList } from '../pieces/figure-list.tsx';
import { oddsWords } from '../words/figures.ts';
import { exactWords } from '../words/moments.ts';
import { holdExplained } from './words.ts';

/** A ring in six figures. */
export function RingFacts({ ring }: { ring: RingDetail }) {
  const near = ring.members.length - ring.members.filter(({ flagged }) => flagged).length;
  const facts: Figure[] = [
    ['Accounts', grouped(ring.accounts), near > 0 ? `and ${grouped(near)} near it` : 'act as one'],
    ['Evidence', ring.evidence.toFixed(1), `odds of ${oddsWords(ring.evidence)}`],
    ['Numbers tried', grouped(ring.tried.numbers), `${grouped(ring.tried.rejected)} could not exist`],
    ['Names got', grouped(ring.got.reveals), `${grouped(ring.got.met)} mutual meetings`],
    ['Canaries touched', grouped(ring.tried.canaries), 'numbers that no honest book holds'],
    [
      'Sent from',
      grouped(ring.prefixes),
      `address ${ring.prefixes === 1 ? 'block' : 'blocks'}, ${grouped(ring.devices)} ${ring.devices === 1 ? 'device' : 'devices'}`,
    ],
  ];
  return (
    <section className="card ring-figures" aria-label="In figures">
      <FigureList figures={facts} />
      <p className="soft small">
        First seen {exactWords(ring.since)}, last {exactWords(ring.until)}. Found {exactWords(ring.foundAt)},
        brought up to date {exactWords(ring.updatedAt)}.
      </p>
    </section>
  );
}

/** Why nothing may be done, where that is so. */
export function Holds({ ring }: { ring: RingDetail }) {
  return ring.holds.map((hold) => {
    const { title, words } = holdExplained(hold);
    return (
      <Notice key={hold} kind="warn" title={title}>
        <p>{words}</p>
      </Notice>
    );
  });
}
