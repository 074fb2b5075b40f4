import { useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { useOnline } from '../shell/offline-banner.tsx';
import { HowItIsSent } from './how-it-is-sent.tsx';
import type { Draft } from './import-state.ts';
import type { ImportActions } from './use-import.ts';

interface SendPanelProps {
  draft: Draft;
  numbers: readonly string[];
  actions: ImportActions;
}

/** What leaves the device, in what way, and the button that sends it. */
export function SendPanel({ draft, numbers, actions }: SendPanelProps) {
  const online = useOnline();
  const nothing = numbers.length === 0;
  return (
    <section className="card stack" aria-labelledby="send-title">
      <h2 id="send-title">What is sent</h2>
      <p className="promise">
        <Icon name="lock" />
        <span>
          <strong className="numeric">{counted(numbers.length, 'number')}</strong>, and nothing else. Names,
          e-mail addresses, pictures and notes stay on this device.
        </span>
      </p>
      <ExactlyThis numbers={numbers} />
      <WholeOrMore draft={draft} setWhole={actions.setWhole} />
      <HowItIsSent />
      <p className="row">
        <button
          type="button"
          className="button button--primary button--large"
          onClick={actions.send}
          disabled={nothing || !online}
        >
          {nothing ? 'Nothing is selected' : `Send ${counted(numbers.length, 'number')}`}
        </button>
        {!online && <span className="soft small">You are offline. Your selection stays here.</span>}
      </p>
    </section>
  );
}

const numbersShown = 200;

/** The very text, for those who do not take promises. */
function ExactlyThis({ numbers }: { numbers: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const more = numbers.length - numbersShown;
  return (
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
          more contacts <span className="soft small">in addition to what I have sent before</span>
        </span>
      </label>
    </fieldset>
  );
}
