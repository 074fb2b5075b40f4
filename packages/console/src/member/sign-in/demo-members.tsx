import { useState } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { Trouble } from '../../ui/loaded.tsx';
import { type DemoMember, demoSignIn } from '../session/demo.ts';
import { useSessionStore } from '../session/session-context.tsx';

const settingLabels = { nobody: 'found by nobody', mutual: 'found by contacts', anyone: 'found by anyone' };

/** One press signs in as a demo member. */
export function DemoMembers({ members }: { members: readonly DemoMember[] }) {
  const store = useSessionStore();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<unknown>();
  const enter = async (id: string) => {
    setBusy(id);
    setError(undefined);
    try {
      store.signIn({ ...(await demoSignIn(id)), demoId: id });
    } catch (failure) {
      setError(failure);
      setBusy(undefined);
    }
  };
  return (
    <>
      <h2>Who do you want to be?</h2>
      <p className="soft small">
        These are invented people. Open a second tab to be two of them at once: each tab has its own sign-in.
      </p>
      {error !== undefined && <Trouble error={error} />}
      <ul className="demo">
        {members.map((member) => (
          <li key={member.id}>
            <button
              type="button"
              className="demo__member"
              onClick={() => enter(member.id)}
              aria-busy={busy === member.id}
              disabled={busy !== undefined && busy !== member.id}
            >
              <Avatar id={member.id} card={member.card} />
              <span className="demo__words">
                <span className="demo__name">{member.card.name}</span>
                <span className="soft small">
                  {member.hasPhone ? settingLabels[member.discoverable] : 'no number on record'}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
