import type { Overview, Pressure } from '@kith/protocol/study';
import { counted, grouped } from '../../words/counts.ts';
import { shareWords } from '../words/figures.ts';

const kinds = [
  { key: 'slots', words: 'Meetings' },
  { key: 'lookups', words: 'Look-ups' },
  { key: 'reveals', words: 'Reveals' },
] as const;

/** How many of those who asked have nothing left to spend: a crowd at its limits is enumerating, or the limits are wrong. */
export function Pressures({ pressure }: { pressure: Overview['pressure'] }) {
  return (
    <section className="card stack" aria-labelledby="pressures">
      <h2 id="pressures">Budgets used up</h2>
      <ul className="pressures">
        {kinds.map(({ key, words }) => (
          <Bar key={key} words={words} pressure={pressure[key]} />
        ))}
      </ul>
      <p className="soft small">Of the members who asked in the last 24 hours, those with nothing left.</p>
    </section>
  );
}

function Bar({ words, pressure: { members, atLimit } }: { words: string; pressure: Pressure }) {
  const share = members > 0 ? atLimit / members : 0;
  return (
    <li className="pressure">
      <span className="pressure__words">{words}</span>
      <svg className="pressure__bar" aria-hidden="true" width="100%" height="10">
        <rect className="pressure__track" width="100%" height="10" rx="5" />
        <rect
          className={share > 0.2 ? 'pressure__high' : 'pressure__fill'}
          width={`${share * 100}%`}
          height="10"
          rx="5"
        />
      </svg>
      <span className="pressure__figure numeric">
        {grouped(atLimit)} of {counted(members, 'member')}
        <span className="soft"> · {shareWords(atLimit, members)}</span>
      </span>
    </li>
  );
}
