import type { Discoverable } from '@kith/protocol';
import { useId, useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Trouble } from '../../ui/loaded.tsx';
import { settingOf, settings } from '../../words/settings.ts';
import { useSetDiscoverable } from '../data/queries.ts';
import { ConfirmAnyone } from './confirm-anyone.tsx';

/** Who may find me: three choices, saved at once, taken back in one press. */
export function SettingForm({ current }: { current: Discoverable }) {
  const announce = useAnnounce();
  const save = useSetDiscoverable();
  const [asking, setAsking] = useState(false);
  const [undo, setUndo] = useState<Discoverable>();
  const change = (value: Discoverable) => {
    if (value === current) return;
    const before = current;
    setUndo(undefined);
    save.mutate(value, {
      onSuccess: () => {
        setUndo(before);
        announce(`Saved. Now ${settingOf(value).who} can find you. Undo is below the choices.`);
      },
    });
  };
  const choose = (value: Discoverable) => (value === 'anyone' ? setAsking(true) : change(value));
  return (
    <section className="stack">
      <Choices current={current} choose={choose} />
      {save.isError && <Trouble error={save.error} />}
      {undo && !save.isError && (
        <p className="saved">
          <Icon name="check" />
          <span>Saved.</span>
          <button type="button" className="button button--small" onClick={() => change(undo)}>
            Undo
          </button>
        </p>
      )}
      <ConfirmAnyone
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          change('anyone');
        }}
      />
    </section>
  );
}

function Choices({ current, choose }: { current: Discoverable; choose: (value: Discoverable) => void }) {
  const baseId = useId();
  return (
    <fieldset className="choices">
      <legend className="h2">Who may find you by your phone number</legend>
      {settings.map(({ value, title, what, recommended }) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={`${baseId}-discoverable`}
            value={value}
            checked={current === value}
            onChange={() => choose(value)}
            aria-labelledby={`${baseId}-${value}-title`}
            aria-describedby={`${baseId}-${value}-what`}
          />
          <span className="choice__words">
            <span className="choice__title">
              <span id={`${baseId}-${value}-title`}>{title}</span>
              {recommended && <span className="tag tag--good">Recommended</span>}
            </span>
            <span className="soft small" id={`${baseId}-${value}-what`}>
              {recommended && <span className="visually-hidden">Recommended. </span>}
              {what}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
