import { useState } from 'react';
import { counted, grouped } from '../../../words/counts.ts';
import { Clipped } from '../clipped.tsx';
import { accountsOf, type Drawing, type DrawnNode, linksOf } from './drawing.ts';
import { linkKindOf, linkKinds } from './stage/palette.ts';

const shownAtFirst = 50;

interface LinkListProps {
  drawing: Drawing;
  chosen: ReadonlySet<string>;
  onChoose: (accounts: string[], isIn: boolean) => void;
}

/** The drawing as a list: everything that it says, for keyboards, screen readers and browsers without WebGL. */
export function LinkList({ drawing, chosen, onChoose }: LinkListProps) {
  const [most, setMost] = useState(shownAtFirst);
  const links = linksOf(drawing);
  return (
    <div className="stack">
      <div className="scroller">
        <table className="table table--dense">
          <caption className="visually-hidden">What the accounts share</caption>
          <thead>
            <tr>
              <th scope="col">Choose</th>
              <th scope="col">What is shared</th>
              <th scope="col" className="table__number">
                Accounts of the ring
              </th>
              <th scope="col" className="table__number">
                Weight
              </th>
              <th scope="col">Accounts</th>
            </tr>
          </thead>
          <tbody>
            {links.slice(0, most).map((link) => (
              <Row key={link.place} drawing={drawing} link={link} chosen={chosen} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      </div>
      {links.length > most && (
        <button type="button" className="button button--small" onClick={() => setMost(most + 200)}>
          {counted(links.length - most, 'more link')}
        </button>
      )}
    </div>
  );
}

function Row({ drawing, link, chosen, onChoose }: { link: DrawnNode } & LinkListProps) {
  const accounts = accountsOf(drawing, link);
  const isChosen = accounts.length > 0 && accounts.every((id) => chosen.has(id));
  const kind = linkKinds[linkKindOf(link.signal)].words;
  const named = accounts.slice(0, 20).map((id) => drawing.byId.get(id)?.label || id);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Choose the accounts of ${kind} ${link.label}`}
          checked={isChosen}
          onChange={() => onChoose(accounts, !isChosen)}
        />
      </td>
      <th scope="row">
        <span className="soft">{kind}</span> <Clipped text={link.label || 'a habit in common'} />
      </th>
      <td className="table__number">{grouped(link.accounts ?? accounts.length)}</td>
      <td className="table__number">{link.weight?.toFixed(1)}</td>
      <td>
        <details className="more">
          <summary>{counted(accounts.length, 'account')} drawn</summary>
          <ul className="list">
            {named.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names repeat, places do not
              <li key={at}>
                <Clipped text={name} />
              </li>
            ))}
            {accounts.length > named.length && (
              <li>
                and {grouped(accounts.length - named.length)} more: choose them to see them in the table
              </li>
            )}
          </ul>
        </details>
      </td>
    </tr>
  );
}
