import type { LedgerEntry } from '@kith/protocol/study';
import { Link } from '@tanstack/react-router';
import { grouped } from '../../words/counts.ts';
import { exactWords } from '../words/moments.ts';
import { entryWords, historyWords } from './entry-words.ts';
import { Verify } from './verify.tsx';

/** One entry: in words, as it stands, and whether it is proved. */
export function EntryRow({ entry }: { entry: LedgerEntry }) {
  const { index, member, other, at, kind, body } = entry;
  return (
    <tr>
      <td className="table__number">{index === null ? <span className="soft">–</span> : grouped(index)}</td>
      <td className="ledger__when">{exactWords(at)}</td>
      <td className="ledger__member">
        <Link to="/analyst/ledger" search={{ member }}>
          <bdi>{historyWords(member) ?? member}</bdi>
        </Link>
        {other !== undefined && (
          <span className="rings__under soft small">
            with <bdi>{other}</bdi>
          </span>
        )}
      </td>
      <td className="ledger__what">
        <bdi>{entryWords(kind, body)}</bdi>
        <details className="more small">
          <summary>As it stands</summary>
          <pre className="ledger__raw">{JSON.stringify({ kind, ...body }, null, 2)}</pre>
        </details>
      </td>
      <td className="ledger__proof">
        <Verify entry={entry} />
      </td>
    </tr>
  );
}
