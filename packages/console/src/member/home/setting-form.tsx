import type { Discoverable } from '@kith/protocol';
import { Fragment, type ReactNode, useId, useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Trouble } from '../../ui/loaded.tsx';
import { type SettingWords, settingOf, settings } from '../../words/settings.ts';
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
        announce(`Saved. Now ${settingOf(value).who} can find you. Undo follows the choice.`);
      },
    });
  };
  const outcome = save.isError ? <Trouble error={save.error} /> : undo && <Saved undo={() => change(undo)} />;
  return (
    <>
      <Choices
        current={current}
        choose={(value) => (value === 'anyone' ? setAsking(true) : change(value))}
        outcome={outcome}
        outcomeOf={save.variables}
      />
      <ConfirmAnyone
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          change('anyone');
        }}
      />
    </>
  );
}

function Saved({ undo }: { undo: () => void }) {
  return (
    <p className="saved">
      <Icon name="check" />
      <span>Saved.</span>
      <button type="button" className="button button--small" onClick={undo}>
        Undo
      </button>
    </p>
  );
}

interface ChoicesProps {
  current: Discoverable;
  choose: (value: Discoverable) => void;
  /** What came of the last change, shown under the choice that was made: that is where the eyes are. */
  outcome: ReactNode;
  outcomeOf: Discoverable | undefined;
}

function Choices({ current, choose, outcome, outcomeOf }: ChoicesProps) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="h2">Who may find you by your phone number</legend>
      {settings.map((setting) => (
        <Fragment key={setting.value}>
          <Choice
            setting={setting}
            name={name}
            checked={current === setting.value}
            choose={() => choose(setting.value)}
          />
          {outcomeOf === setting.value && outcome}
        </Fragment>
      ))}
    </fieldset>
  );
}

interface ChoiceProps {
  setting: SettingWords;
  name: string;
  checked: boolean;
  choose: () => void;
}

function Choice({ setting: { value, title, what, recommended }, name, checked, choose }: ChoiceProps) {
  const titleId = useId();
  const whatId = useId();
  return (
    <label className="choice">
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={choose}
        aria-labelledby={titleId}
        aria-describedby={whatId}
      />
      <span className="choice__words">
        <span className="choice__title">
          <span id={titleId}>{title}</span>
          {recommended && <span className="tag tag--good">Recommended</span>}
        </span>
        <span className="soft small" id={whatId}>
          {recommended && <span className="visually-hidden">Recommended. </span>}
          {what}
        </span>
      </span>
    </label>
  );
}
