import { useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { useMe } from '../data/queries.ts';
import { useSession, useSessionStore } from '../session/session-context.tsx';
import { useOnline } from '../shell/offline-banner.tsx';
import { HowItIsSent } from './how-it-is-sent.tsx';
import type { Draft } from './import-state.ts';
import { ownNumberOf } from './own-number.ts';
import { OwnNumberField } from './own-number-field.tsx';
import type { ImportActions } from './use-import.ts';
import type { SendingWay } from './way.ts';

interface SendPanelProps {
  draft: Draft;
  numbers: readonly string[];
  way: SendingWay;
  actions: ImportActions;
}

/** What leaves the device, in what way, and the button that starts it. */
export function SendPanel({ draft, numbers, way, actions }: SendPanelProps) {
  const online = useOnline();
  const nothing = numbers.length === 0;
  const { asks, input, wrong, start } = useStart(way, actions);
  return (
    <section className="card stack" aria-labelledby="send-title">
      <h2 id="send-title">What is sent</h2>
      {way === 'private' ? <NoNumbers count={numbers.length} /> : <ExactlyThese numbers={numbers} />}
      <WholeOrMore draft={draft} setWhole={actions.setWhole} />
      <HowItIsSent way={way} setWay={actions.setWay} />
      {asks && <OwnNumberField input={input} wrong={wrong} />}
      <p className="row">
        <button
          type="button"
          className="button button--primary button--large"
          onClick={start}
          disabled={nothing || !online}
        >
          {nothing ? 'Nothing is selected' : startWords(way, numbers.length)}
        </button>
        {!online && <span className="soft small">You are offline. Your selection stays here.</span>}
      </p>
    </section>
  );
}

function startWords(way: SendingWay, count: number): string {
  return way === 'private'
    ? `Look for ${counted(count, 'number')} privately`
    : `Send ${counted(count, 'number')}`;
}

/** Starting, which in the private way needs the member's own number: known in this tab, or asked for. */
function useStart(way: SendingWay, actions: ImportActions) {
  const me = useMe();
  const session = useSession();
  const store = useSessionStore();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const known = session.signedIn ? session.number : undefined;
  const asks = way === 'private' && me.data?.hasPhone === true && known === undefined;
  const start = () => {
    if (!asks) return actions.send(way, known ?? null);
    const number = ownNumberOf(input.current?.value ?? '');
    setWrong(number === undefined);
    if (number === undefined) return input.current?.focus();
    store.setNumber(number);
    actions.send(way, number);
  };
  return { asks, input, wrong, start };
}

function NoNumbers({ count }: { count: number }) {
  return (
    <p className="promise">
      <Icon name="lock" />
      <span>
        <strong className="numeric">None of these {counted(count, 'number')}.</strong> For each, this device
        sends codes that say nothing without your number and theirs. Names, e-mail addresses, pictures and
        notes stay here too.
      </span>
    </p>
  );
}

const numbersShown = 200;

/** The promise, and the very text for those who do not take promises. */
function ExactlyThese({ numbers }: { numbers: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const more = numbers.length - numbersShown;
  return (
    <>
      <p className="promise">
        <Icon name="lock" />
        <span>
          <strong className="numeric">{counted(numbers.length, 'number')}</strong>, and nothing else. Names,
          e-mail addresses, pictures and notes stay on this device.
        </span>
      </p>
      <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>See exactly what is sent</summary>
        {open && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
          <pre className="exact numeric" tabIndex={0}>
            {numbers.slice(0, numbersShown).join('\n')}
            {more > 0 && `\n… and ${grouped(more)} more`}
          </pre>
        )}
      </details>
    </>
  );
}

function WholeOrMore({ draft, setWhole }: { draft: Draft; setWhole: ImportActions['setWhole'] }) {
  return (
    <fieldset className="stack stack--tight">
      <legend>This is</legend>
      <label className="option">
        <input type="radio" name="whole" checked={draft.whole} onChange={() => setWhole(true)} />
        <span>
          my whole address book <span className="soft small">Kith forgets contacts that are not in it</span>
        </span>
      </label>
      <label className="option">
        <input type="radio" name="whole" checked={!draft.whole} onChange={() => setWhole(false)} />
        <span>
          more contacts <span className="soft small">in addition to those from before</span>
        </span>
      </label>
    </fieldset>
  );
}
