import { useEffect, useRef, useState } from 'react';
import { counted, grouped } from '../../words/counts.ts';
import type { Line, Row } from './selection.ts';
import type { ImportActions } from './use-import.ts';

const rowsAtFirst = 15;
const rowsMore = 200;

interface ContactsTableProps {
  rows: readonly Row[];
  deselected: ReadonlySet<number>;
  select: ImportActions['select'];
}

/** The contacts, with what was in the file and what it was understood as; a long list grows on demand. */
export function ContactsTable({ rows, deselected, select }: ContactsTableProps) {
  const [count, setCount] = useState(rowsAtFirst);
  if (rows.length === 0) return <p className="soft">No contact matches.</p>;
  const shown = rows.slice(0, count);
  return (
    <>
      <table className="contacts">
        <caption className="visually-hidden">{counted(rows.length, 'contact')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <SelectAll rows={rows} deselected={deselected} select={select} />
            </th>
            <th scope="col">Name</th>
            <th scope="col">In the file, and as understood</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <ContactRow key={row.index} row={row} selected={!deselected.has(row.index)} select={select} />
          ))}
        </tbody>
      </table>
      {count < rows.length && (
        <p>
          <button type="button" className="button button--small" onClick={() => setCount(count + rowsMore)}>
            Show more ({grouped(rows.length - count)} left)
          </button>
        </p>
      )}
    </>
  );
}

/** Half checked when some are; it acts on the contacts that the filter shows. */
function SelectAll({ rows, deselected, select }: ContactsTableProps) {
  const box = useRef<HTMLInputElement>(null);
  const usable = rows.filter((row) => row.usable).map((row) => row.index);
  const chosen = usable.filter((index) => !deselected.has(index)).length;
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen > 0 && chosen < usable.length;
  }, [chosen, usable.length]);
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={`Select all ${counted(usable.length, 'contact')} shown`}
      disabled={usable.length === 0}
      checked={usable.length > 0 && chosen === usable.length}
      onChange={(event) => select(usable, event.currentTarget.checked)}
    />
  );
}

function ContactRow({
  row,
  selected,
  select,
}: {
  row: Row;
  selected: boolean;
  select: ImportActions['select'];
}) {
  const id = `contact-${row.index}`;
  return (
    <tr className={row.usable && selected ? '' : 'contacts__off'}>
      <td>
        <input
          id={id}
          type="checkbox"
          checked={row.usable && selected}
          disabled={!row.usable}
          aria-label={`Send ${row.name || 'the contact without a name'}`}
          onChange={(event) => select([row.index], event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <label htmlFor={id}>{row.name || <span className="soft">No name</span>}</label>
      </th>
      <td>
        {row.lines.length === 0 ? <span className="soft small">no number</span> : <Lines lines={row.lines} />}
      </td>
    </tr>
  );
}

function Arrow() {
  return (
    <>
      <span aria-hidden="true">→ </span>
      <span className="visually-hidden">understood as </span>
    </>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="lines">
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a contact never change places.
        <li key={i} className="lines__line numeric">
          {line.raw !== line.number && <span className="lines__raw">{line.raw || '(nothing)'}</span>}
          {line.number ? (
            <span className="lines__number">
              {line.raw !== line.number && <Arrow />}
              {line.number}
            </span>
          ) : (
            <span className="lines__reason">
              <span className="visually-hidden">not understood: </span>
              {line.reason}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
