import type { RingSummary } from '@kith/protocol/study';
import { Link } from '@tanstack/react-router';
import { useClock } from '../../ui/clock.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { whenWords } from '../../words/times.ts';
import { Glyph } from '../pieces/glyph.tsx';
import { RingState } from '../pieces/ring-state.tsx';
import { ScrollRegion } from '../pieces/scroll-region.tsx';
import { Sparkline } from '../pieces/sparkline.tsx';
import { useMay } from '../session/session-context.tsx';
import { countriesWords } from '../words/countries.ts';
import { compact, evidenceShare, oddsWords } from '../words/figures.ts';
import { holdWords } from '../words/ring-states.ts';
import type { RingSort, RingsSearch } from './rings-search.ts';
import type { useSelection } from './selection.ts';

interface RingsTableProps {
  rings: RingSummary[];
  search: RingsSearch;
  onChange: (search: RingsSearch) => void;
  selection: ReturnType<typeof useSelection>;
}

export function RingsTable({ rings, search, onChange, selection }: RingsTableProps) {
  const maySelect = useMay('analyst');
  const heads = { search, onChange };
  return (
    <ScrollRegion className="card card--table scroller" label="Rings">
      <table className="table rings">
        <thead>
          <tr>
            {maySelect && (
              <th scope="col" className="rings__pick">
                <input
                  type="checkbox"
                  aria-label="Select all"
                  checked={selection.all}
                  onChange={selection.toggleAll}
                />
              </th>
            )}
            <Head {...heads} sort="accounts" words="Accounts" />
            <th scope="col">Why</th>
            <Head {...heads} sort="evidence" words="Evidence" />
            <Head {...heads} sort="tried" words="Numbers tried" isNumber />
            <Head {...heads} sort="revealed" words="Revealed" isNumber />
            <Head {...heads} sort="since" words="Active" />
          </tr>
        </thead>
        <tbody>
          {rings.map((ring) => (
            <Row key={ring.id} ring={ring} selection={maySelect ? selection : undefined} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface HeadProps {
  search: RingsSearch;
  onChange: (search: RingsSearch) => void;
  sort: RingSort;
  words: string;
  isNumber?: boolean;
}

/** The same column again turns the order round. */
function Head({ search, onChange, sort, words, isNumber }: HeadProps) {
  const { sort: by = 'evidence', order = 'desc' } = search;
  const isSorted = by === sort;
  const next = isSorted && order === 'desc' ? 'asc' : 'desc';
  return (
    <th
      scope="col"
      className={isNumber ? 'table__number' : undefined}
      aria-sort={isSorted ? (order === 'desc' ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="sort" onClick={() => onChange({ ...search, sort, order: next })}>
        {words}
        <Glyph name={isSorted ? (order === 'desc' ? 'down' : 'up') : 'sort'} />
      </button>
    </th>
  );
}

interface RowProps {
  ring: RingSummary;
  selection: ReturnType<typeof useSelection> | undefined;
}

function Row({ ring, selection }: RowProps) {
  const isSelected = selection?.has(ring.id) ?? false;
  return (
    <tr className={isSelected ? 'rings__row rings__row--selected' : 'rings__row'}>
      {selection && (
        <td className="rings__pick">
          <input
            type="checkbox"
            aria-label={`Select the ring of ${counted(ring.accounts, 'account')}`}
            checked={isSelected}
            onChange={() => selection.toggle(ring.id)}
          />
        </td>
      )}
      <th scope="row">
        <Link to="/analyst/rings/$id" params={{ id: ring.id }} data-ring={ring.id} className="rings__link">
          {counted(ring.accounts, 'account')}
        </Link>
        <span className="rings__under soft small">{countriesWords(ring.countries)}</span>
        <RingState state={ring.state} />
        {ring.cases.length > 0 && (
          <span className="rings__under soft small">in {counted(ring.cases.length, 'case')}</span>
        )}
      </th>
      <td className="rings__why">
        <ul>
          {ring.why.slice(0, 2).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        {ring.holds[0] && <p className="rings__hold small">{holdWords(ring.holds[0])}</p>}
      </td>
      <td>
        <Evidence nats={ring.evidence} />
      </td>
      <td className="table__number">
        {grouped(ring.tried)}
        <Sparkline values={ring.timeline} label={`Numbers a day: ${days(ring.timeline)}`} />
      </td>
      <td className="table__number">{grouped(ring.revealed)}</td>
      <td className="rings__when">
        <Active ring={ring} />
      </td>
    </tr>
  );
}

function Evidence({ nats }: { nats: number }) {
  return (
    <span className="evidence">
      <svg width="64" height="8" aria-hidden="true">
        <rect className="pressure__track" width="64" height="8" rx="4" />
        <rect className="pressure__fill" width={64 * evidenceShare(nats)} height="8" rx="4" />
      </svg>
      <span className="soft small">{oddsWords(nats)}</span>
    </span>
  );
}

function Active({ ring }: { ring: RingSummary }) {
  const clock = useClock();
  const from = Date.parse(ring.since);
  const days = Math.max(1, Math.round((Date.parse(ring.until) - from) / 86_400_000));
  return (
    <>
      for {counted(days, 'day')}
      <span className="rings__under soft small">until {whenWords(ring.until, clock)}</span>
    </>
  );
}

function days(timeline: readonly number[]): string {
  const most = Math.max(0, ...timeline);
  return `${counted(timeline.length, 'day')}, at most ${compact(most)}, the last ${compact(timeline.at(-1) ?? 0)}`;
}
