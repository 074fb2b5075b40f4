import type { Figures, ProtectedMember } from '@kith/protocol/study';
import { counted, grouped } from '../../words/counts.ts';
import { Clipped } from '../ring/clipped.tsx';
import { exactWords } from '../words/moments.ts';
import { MembersTable } from './members-table.tsx';
import { RecordedView } from './recorded-view.tsx';
import { settingWords } from './setting-words.ts';

/** Members whose number was tried and whose card stayed hidden, by what hid it. */
export function ProtectedMembers({ id, figures }: { id: string; figures: Figures }) {
  const { total, ...kinds } = figures.membersProtected;
  const rows = Object.entries(kinds).filter(([, count]) => count > 0);
  if (total === 0) return <p>Nobody whose number was tried was protected by a setting.</p>;
  return (
    <>
      <ul className="ranks ranks--wide">
        {rows.map(([kind, count]) => (
          <li key={kind}>
            <span>{settingWords(kind)}</span>
            <svg width="100%" height="8" aria-hidden="true" focusable="false" className="weight">
              <rect className="weight__bar" width={`${(count / total) * 100}%`} height="8" rx="4" />
            </svg>
            <span className="numeric">{grouped(count)}</span>
          </li>
        ))}
      </ul>
      <RecordedView words={`Show the ${counted(total, 'member')}`}>
        <MembersTable<ProtectedMember>
          id={id}
          list="protected"
          computedAt={figures.computedAt}
          what="those protected"
          label="Members protected"
          headings={['Member', 'What protected them', 'First tried']}
          row={(one) => <Row key={one.member} tried={one} />}
        />
      </RecordedView>
    </>
  );
}

function Row({ tried: { member, setting, at } }: { tried: ProtectedMember }) {
  return (
    <tr>
      <th scope="row">
        <Clipped text={member} most={40} />
      </th>
      <td>{settingWords(setting)}</td>
      <td className="numeric">{exactWords(at)}</td>
    </tr>
  );
}
