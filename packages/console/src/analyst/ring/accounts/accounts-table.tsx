import type { RingAccount } from '@kith/protocol/study';
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Glyph } from '../../pieces/glyph.tsx';
import { accountColumns, features, numberColumns, sortOf } from './account-columns.tsx';
import type { AccountsView } from './use-accounts.ts';

const rowHeight = 48;

interface AccountsTableProps {
  /** Those that have come; the others of `total` are drawn as empty rows. */
  rows: RingAccount[];
  total: number;
  /** Said when rows after those that have come are looked at. */
  onNeed: (upTo: number) => void;
  view: AccountsView;
  onView: (view: AccountsView) => void;
  chosen: ReadonlySet<string>;
  onChoose: (member: string, isIn: boolean) => void;
}

/** A hundred thousand accounts, of which those in sight are drawn. Arrows move, Space chooses. */
export function AccountsTable(props: AccountsTableProps) {
  const { rows, total, onNeed } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const id = useId();
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  useEffect(() => {
    if (last >= rows.length && rows.length < total) onNeed(last);
  }, [last, rows.length, total, onNeed]);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setActive(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor((box.current?.clientHeight ?? rowHeight) / rowHeight) - 1;
    const to = targetOf(event.key, active, page, total);
    const row = rows[active];
    if (to !== undefined) move(to);
    else if (event.key === ' ' && row) props.onChoose(row.member, !props.chosen.has(row.member));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box} className="scroller accounts">
      <table
        className="table table--dense accounts__table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are moved through and chosen by keys
        role="grid"
        tabIndex={0}
        aria-label="Accounts of the ring"
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
      >
        <Head {...props} />
        <Gap height={items[0]?.start ?? 0} />
        <tbody>
          <Rows {...props} first={first} last={last} active={active} id={id} onActive={setActive} />
        </tbody>
        <Gap height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
      </table>
    </div>
  );
}

function targetOf(key: string, at: number, page: number, total: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: total - 1,
  };
  return targets[key];
}

/** Stands for the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true" className="accounts__gap">
      <tr>
        <td colSpan={accountColumns.length + 1} style={{ blockSize: height }} />
      </tr>
    </tbody>
  );
}

function Head({ view, onView }: AccountsTableProps) {
  const table = useTable({ features, columns: accountColumns, data: nothing });
  const turn = (sort: AccountsView['sort']) => {
    const isSame = sort === view.sort;
    onView({ ...view, sort, order: isSame && view.order === 'desc' ? 'asc' : 'desc' });
  };
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">
          <span className="visually-hidden">Chosen</span>
        </th>
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const sort = sortOf[header.column.id];
          const isSorted = sort !== undefined && sort === view.sort;
          return (
            <th
              key={header.id}
              scope="col"
              className={numberColumns.has(header.column.id) ? 'table__number' : ''}
              {...(isSorted && { 'aria-sort': view.order === 'asc' ? 'ascending' : 'descending' })}
            >
              {sort ? (
                <button type="button" className="sort" onClick={() => turn(sort)}>
                  <table.FlexRender header={header} />
                  <Glyph name={isSorted ? (view.order === 'asc' ? 'up' : 'down') : 'sort'} />
                </button>
              ) : (
                <table.FlexRender header={header} />
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

const nothing: RingAccount[] = [];

interface RowsProps extends AccountsTableProps {
  first: number;
  last: number;
  active: number;
  id: string;
  onActive: (at: number) => void;
}

function Rows({ rows, first, last, active, id, chosen, onChoose, onActive }: RowsProps) {
  const data = useMemo(() => rows.slice(first, last + 1), [rows, first, last]);
  const table = useTable({ features, columns: accountColumns, data, getRowId: (row) => row.member });
  const drawn = table.getRowModel().rows;
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const at = first + offset;
    const row = drawn[offset];
    const isChosen = row !== undefined && chosen.has(row.id);
    return (
      <tr
        key={at}
        id={`${id}-${at}`}
        aria-rowindex={at + 2}
        aria-selected={isChosen}
        className={at === active ? 'accounts__active' : ''}
        onClick={() => onActive(at)}
      >
        {row ? (
          <>
            <td>
              <input
                type="checkbox"
                tabIndex={-1}
                aria-label={`Choose ${row.original.name.slice(0, 80)}`}
                checked={isChosen}
                onChange={() => onChoose(row.id, !isChosen)}
              />
            </td>
            {row.getAllCells().map((cell) => (
              <td key={cell.id} className={numberColumns.has(cell.column.id) ? 'table__number' : ''}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </>
        ) : (
          <td colSpan={accountColumns.length + 1} className="soft">
            …
          </td>
        )}
      </tr>
    );
  });
}
