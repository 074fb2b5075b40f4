import type { ExposedMember, Figures } from '@kith/protocol/study';
import { counted } from '../../words/counts.ts';
import { Clipped } from '../ring/clipped.tsx';
import { exactWords } from '../words/moments.ts';
import { MembersTable } from './members-table.tsx';
import { RecordedView } from './recorded-view.tsx';
import { settingWords } from './setting-words.ts';

const timesShown = 5;

/** Each member whose card was shown, with every time and viewer. */
export function ExposedMembers({ id, figures }: { id: string; figures: Figures }) {
  if (figures.membersExposed === 0) return <p>Nobody: no account of the case was ever shown a card.</p>;
  return (
    <RecordedView words={`Show the ${counted(figures.membersExposed, 'member')}`}>
      <MembersTable<ExposedMember>
        id={id}
        list="exposure/members"
        computedAt={figures.computedAt}
        what="those exposed"
        label="Members exposed"
        headings={['Member', 'Their setting then', 'When, and to whom']}
        row={(one) => <Row key={one.member} exposed={one} />}
      />
    </RecordedView>
  );
}

function Row({ exposed: { member, name, setting, times } }: { exposed: ExposedMember }) {
  return (
    <tr>
      <th scope="row">
        {name === null ? <span className="soft">left since</span> : <Clipped text={name} most={60} canOpen />}
        <br />
        <span className="small soft">
          <Clipped text={member} most={40} />
        </span>
      </th>
      <td>{settingWords(setting)}</td>
      <td>
        <ul className="plain-list small numeric">
          {times.slice(0, timesShown).map(({ at, viewer }) => (
            <li key={`${at} ${viewer}`}>
              {exactWords(at)} to <Clipped text={viewer} most={30} />
            </li>
          ))}
          {times.length > timesShown && <li>and {counted(times.length - timesShown, 'more time')}</li>}
        </ul>
      </td>
    </tr>
  );
}
