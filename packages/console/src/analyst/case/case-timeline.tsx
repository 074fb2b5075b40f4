import type { CaseEvent } from '@kith/protocol/study';
import { Clipped } from '../ring/clipped.tsx';
import { exactWords } from '../words/moments.ts';

/** What happened and what was decided, oldest first. */
export function CaseTimeline({ events }: { events: readonly CaseEvent[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <ol className="story" tabIndex={0} aria-label="Timeline of the case">
      {events.map((event, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two things may happen at the same moment
        <li key={at} className={`story__one story__one--${event.kind}`}>
          <time className="small soft numeric" dateTime={event.at}>
            {exactWords(event.at)}
          </time>
          <p>
            <Clipped text={event.words} most={160} canOpen />
            {event.by && (
              <span className="small soft">
                {' '}
                by <bdi>{event.by}</bdi>
              </span>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
