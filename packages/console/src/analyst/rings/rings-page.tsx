import type { RingSummary } from '@kith/protocol/study';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { counted } from '../../words/counts.ts';
import { useRings } from '../data/queries.ts';
import { Glyph } from '../pieces/glyph.tsx';
import { LiveMark } from '../pieces/live-mark.tsx';
import { Sheet } from '../pieces/sheet.tsx';
import { EmptyState, Ready } from '../pieces/states.tsx';
import { useKeys, useKeysSetting } from '../pieces/use-keys.ts';
import { useMay } from '../session/session-context.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { Filters } from './filters.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { queryOf, type RingsSearch } from './rings-search.ts';
import { RingsTable } from './rings-table.tsx';
import { useSelection } from './selection.ts';
import { ViewsBar } from './views-bar.tsx';

const pageSize = 100;

/** The queue: rings that wait for somebody, by default those with the most evidence first. */
export function RingsPage() {
  const search = useSearch({ from: '/analyst/rings' });
  const navigate = useNavigate();
  const change = (next: RingsSearch) => void navigate({ to: '/analyst/rings', search: next, replace: true });
  const keys = useKeysSetting();
  const [keysShown, setKeysShown] = useState(false);
  return (
    <Sheet
      title="Rings"
      lead="Networks of accounts that act as one, and why they are thought to."
      tools={
        <>
          <LiveMark />
          <button type="button" className="button button--small" onClick={() => setKeysShown(true)}>
            <Glyph name="keys" /> Keys
          </button>
        </>
      }
    >
      <ViewsBar search={search} />
      <Queue search={search} onChange={change} areKeysOn={keys.on} showKeys={() => setKeysShown(true)} />
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} setting={keys} />
    </Sheet>
  );
}

interface QueueProps {
  search: RingsSearch;
  onChange: (search: RingsSearch) => void;
  areKeysOn: boolean;
  showKeys: () => void;
}

function Queue({ search, onChange, areKeysOn, showKeys }: QueueProps) {
  const rings = useRings(queryOf(search), pageSize);
  const shown = rings.data?.pages.flatMap((page) => page.rings) ?? [];
  const selection = useSelection(shown.map(({ id }) => id));
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useQueueKeys({ box, field, selection, areKeysOn, showKeys });
  useCountSaid(rings.isFetching ? undefined : rings.data?.pages[0]?.total);
  return (
    <div ref={box} className="queue">
      <Filters search={search} onChange={onChange} field={field} />
      <Ready query={rings} what="the rings" lines={10}>
        {({ pages }) =>
          shown.length === 0 ? (
            <Nothing search={search} onChange={onChange} />
          ) : (
            <>
              <p className="soft small numeric">
                {counted(pages[0]?.total ?? shown.length, 'ring')}
                {rings.isPlaceholderData && ' · updating …'}
              </p>
              <RingsTable rings={shown} search={search} onChange={onChange} selection={selection} />
              {rings.hasNextPage && <More query={rings} />}
            </>
          )
        }
      </Ready>
      <Bulk rings={shown} selection={selection} />
    </div>
  );
}

function Bulk({ rings, selection }: { rings: RingSummary[]; selection: ReturnType<typeof useSelection> }) {
  const mayAct = useMay('analyst');
  return mayAct ? (
    <BulkBar rings={rings.filter(({ id }) => selection.has(id))} clear={selection.clear} />
  ) : null;
}

function More({ query }: { query: ReturnType<typeof useRings> }) {
  return (
    <p>
      <button
        type="button"
        className="button"
        disabled={query.isFetchingNextPage}
        onClick={() => query.fetchNextPage()}
      >
        {query.isFetchingNextPage ? 'Loading …' : 'Show more'}
      </button>
    </p>
  );
}

function Nothing({ search, onChange }: Pick<QueueProps, 'search' | 'onChange'>) {
  const isFiltered = Object.keys(search).some((name) => name !== 'sort' && name !== 'order');
  if (isFiltered) {
    return (
      <EmptyState title="No ring looks like this">
        <button type="button" className="button" onClick={() => onChange({})}>
          Show all that wait
        </button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No ring waits for you">
      <p>Rings appear here by themselves when detection finds accounts that act as one.</p>
    </EmptyState>
  );
}

/** Says how many there are after a filter was changed, not at the first sight of the page. */
function useCountSaid(total: number | undefined) {
  const announce = useAnnounce();
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (total === undefined) return;
    if (before.current !== undefined && before.current !== total) announce(counted(total, 'ring'));
    before.current = total;
  }, [total, announce]);
}

interface QueueKeys {
  box: RefObject<HTMLDivElement | null>;
  field: RefObject<HTMLInputElement | null>;
  selection: ReturnType<typeof useSelection>;
  areKeysOn: boolean;
  showKeys: () => void;
}

/** The focus itself moves from ring to ring, so that screen readers follow and Enter opens what has it. */
function useQueueKeys({ box, field, selection, areKeysOn, showKeys }: QueueKeys) {
  const links = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-ring]') ?? [])];
  const place = () => links().findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  const move = (by: number) => {
    const all = links();
    all[Math.min(all.length - 1, Math.max(0, place() + by))]?.focus();
  };
  const select = () => {
    const id = links()[place()]?.dataset.ring;
    if (id) selection.toggle(id);
  };
  useKeys(
    {
      j: () => move(1),
      k: () => move(place() < 0 ? 1 : -1),
      x: select,
      '/': () => field.current?.focus(),
      '?': showKeys,
      Escape: selection.clear,
    },
    areKeysOn,
  );
}
