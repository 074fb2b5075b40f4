import { useEffect, useRef } from 'react';
import { counted, grouped } from '../../words/counts.ts';
import type { Progress } from './send-book.ts';
import type { ImportActions } from './use-import.ts';

/** Numbers on their way; a whole book goes as one, so there is no share of it to show. */
export function SendingStep({
  progress,
  whole,
  actions,
}: {
  progress: Progress;
  whole: boolean;
  actions: ImportActions;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { done, total } = progress;
  const unknown = whole && done === 0;
  return (
    <section className="card stack" aria-labelledby="sending-title">
      <h2 id="sending-title" ref={title} tabIndex={-1}>
        Sending {counted(total, 'number')} …
      </h2>
      <progress aria-labelledby="sending-title" max={total} {...(!unknown && { value: done })} />
      <p className="soft small numeric">
        {unknown ? 'All of it at once, or none of it.' : `${grouped(done)} of ${grouped(total)}`}
      </p>
      <p>
        <button type="button" className="button" onClick={actions.stop}>
          Stop
        </button>
      </p>
    </section>
  );
}
