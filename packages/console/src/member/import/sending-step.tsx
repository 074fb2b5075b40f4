import type { Progress as Step } from '@kith/client';
import { type ReactNode, useEffect, useRef } from 'react';
import { counted, grouped } from '../../words/counts.ts';
import { type ImportState, numbersToSend } from './import-state.ts';
import { stepNumber, stepWords } from './private-words.ts';
import type { Progress } from './send-book.ts';
import type { ImportActions } from './use-import.ts';

type Sending = Extract<ImportState, { step: 'sending' }>;

/** An address book on its way, in either way, and the button that stops it. */
export function SendingStep({ state, actions }: { state: Sending; actions: ImportActions }) {
  const { draft, way, progress } = state;
  const count = numbersToSend(draft).length;
  return way === 'private' ? (
    <Looking count={count} step={progress && 'phase' in progress ? progress : undefined} actions={actions} />
  ) : (
    <Plainly count={count} progress={progress} whole={draft.whole} actions={actions} />
  );
}

/** The private way takes a while: what the device is doing, step by step. */
function Looking({
  count,
  step,
  actions,
}: {
  count: number;
  step: Step | undefined;
  actions: ImportActions;
}) {
  const shown: Step = step ?? { phase: 'prepare', done: 0, total: count };
  const { title, note } = stepWords(shown, count);
  const open = shown.phase === 'prepare' || shown.phase === 'people' || shown.total === 0;
  return (
    <Card title={`Looking for ${counted(count, 'number')} …`} actions={actions}>
      <p>
        <span className="soft">Step {stepNumber(shown)} of 4:</span> {title}
      </p>
      <progress
        aria-labelledby="sending-title"
        max={shown.total || 1}
        {...(!open && { value: shown.done })}
      />
      <p className="soft small numeric">{note}</p>
      <p className="soft small">
        You may stop, leave or close this page at any time: what is done is kept on this device.
      </p>
    </Card>
  );
}

interface PlainlyProps {
  count: number;
  progress: Progress | undefined;
  whole: boolean;
  actions: ImportActions;
}

/** A whole book goes as one, so there is no share of it to show. */
function Plainly({ count, progress, whole, actions }: PlainlyProps) {
  const done = progress?.done ?? 0;
  const unknown = whole && done === 0;
  return (
    <Card title={`Sending ${counted(count, 'number')} …`} actions={actions}>
      <progress aria-labelledby="sending-title" max={count} {...(!unknown && { value: done })} />
      <p className="soft small numeric">
        {unknown ? 'All of it at once, or none of it.' : `${grouped(done)} of ${grouped(count)}`}
      </p>
    </Card>
  );
}

function Card({ title, actions, children }: { title: string; actions: ImportActions; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card stack" aria-labelledby="sending-title">
      <h2 id="sending-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <p>
        <button type="button" className="button" onClick={actions.stop}>
          Stop
        </button>
      </p>
    </section>
  );
}
