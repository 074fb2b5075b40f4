import type { Person } from '@kith/protocol';
import { Avatar } from '../../ui/avatar.tsx';
import { useClock } from '../../ui/clock.tsx';
import { howWords } from '../../words/settings.ts';
import { whenWords } from '../../words/times.ts';
import { useSavedAs } from '../import/local-names.tsx';

/** One person: their card as they wrote it, how they were found, since when. */
export function PersonCard({ person }: { person: Person }) {
  const clock = useClock();
  const savedAs = useSavedAs(person.card.name);
  const how = howWords[person.how];
  return (
    <li className="person">
      <Avatar id={person.id} card={person.card} />
      <div className="person__words">
        <h2 className="person__name">{person.card.name}</h2>
        <p className="soft small">@{person.card.handle}</p>
        {savedAs && (
          <p className="soft small">
            {savedAs === person.card.name ? 'In your file' : `In your file as “${savedAs}”`}
          </p>
        )}
        <p className="person__how small">
          <span className={`tag tag--${person.how}`} title={how.what}>
            {how.label}
          </span>
          <time dateTime={person.since} className="soft">
            {whenWords(person.since, clock)}
          </time>
        </p>
      </div>
    </li>
  );
}
