import { useEffect, useState } from 'react';
import { Trouble } from '../../ui/loaded.tsx';
import { Logo } from '../../ui/logo.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ThemeButton } from '../../ui/theme-button.tsx';
import { useArrival } from '../../ui/use-arrival.ts';
import { type DemoMember, demoMembers } from '../session/demo.ts';
import type { LeftBecause } from '../session/session-store.ts';
import { DemoMembers } from './demo-members.tsx';
import { TokenForm } from './token-form.tsx';

const reasons: Record<LeftBecause, { title: string; advice: string }> = {
  ended: { title: 'Your sign-in has ended', advice: 'Sign in again to go on where you were.' },
  refused: {
    title: 'Your sign-in was refused',
    advice: 'The token is not valid here. Open Kith from your app again.',
  },
  chosen: { title: 'You are signed out', advice: 'Nothing of yours is kept in this tab.' },
};

/** The way in: a demo member under `kith dev`, and a member token everywhere. */
export function SignInPage({ because }: { because?: LeftBecause | undefined }) {
  const demo = useDemoMembers();
  const heading = useArrival('sign-in');
  useEffect(() => {
    document.title = 'Sign in · Kith';
  }, []);
  return (
    <div className="door">
      <header className="door__top">
        <p className="brand">
          <Logo />
          <span>Kith</span>
        </p>
        <ThemeButton />
      </header>
      <main className="door__main">
        <section className="door__pitch">
          <Meeting />
          <h1 ref={heading} tabIndex={-1}>
            Find the people you know. Nobody else learns anything.
          </h1>
          <p className="page__lead">
            Kith compares address books by phone number. Two people meet when each has saved the other, and no
            list of numbers, however long, turns into a list of names.
          </p>
        </section>
        <section className="door__way card">
          {because && (
            <Notice
              kind={because === 'chosen' ? 'good' : 'warn'}
              title={reasons[because].title}
              role="status"
            >
              <p>{reasons[because].advice}</p>
            </Notice>
          )}
          <Ways {...demo} />
        </section>
      </main>
    </div>
  );
}

function Ways({ demo, again }: DemoState & { again: () => void }) {
  if (demo === 'loading') return <p className="soft">Looking for demo members …</p>;
  if (!Array.isArray(demo)) {
    return (
      <>
        <Trouble error={demo.error} again={again} />
        <TokenForm />
      </>
    );
  }
  if (demo.length === 0) return <TokenForm />;
  return (
    <>
      <DemoMembers members={demo} />
      <details className="more">
        <summary>Sign in with a member token</summary>
        <TokenForm titled={false} />
      </details>
    </>
  );
}

interface DemoState {
  demo: 'loading' | DemoMember[] | { error: unknown };
}

/** The demo members: none outside `kith dev`. */
function useDemoMembers(): DemoState & { again: () => void } {
  const [demo, setDemo] = useState<DemoState['demo']>('loading');
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again.
  useEffect(() => {
    const leave = new AbortController();
    setDemo('loading');
    demoMembers(leave.signal).then(setDemo, (error) => leave.signal.aborted || setDemo({ error }));
    return () => leave.abort();
  }, [turn]);
  return { demo, again: () => setTurn(turn + 1) };
}

/** Two address books, and the one meeting that both agree on. */
function Meeting() {
  return (
    <svg className="meeting" viewBox="62 10 196 130" aria-hidden="true" focusable="false">
      <path className="meeting__shared" d="M160 23a62 62 0 0 1 0 104 62 62 0 0 1 0-104z" />
      <circle className="meeting__circle" cx="126" cy="75" r="62" />
      <circle className="meeting__circle" cx="194" cy="75" r="62" />
      <g className="meeting__dots">
        <circle cx="88" cy="52" r="6" />
        <circle cx="106" cy="98" r="6" />
        <circle cx="82" cy="82" r="6" />
        <circle cx="112" cy="68" r="6" />
        <circle cx="232" cy="56" r="6" />
        <circle cx="214" cy="96" r="6" />
        <circle cx="238" cy="86" r="6" />
        <circle cx="208" cy="66" r="6" />
      </g>
      <g className="meeting__met">
        <circle cx="151" cy="75" r="8" />
        <circle cx="169" cy="75" r="8" />
      </g>
    </svg>
  );
}
