import type { DemoAnalyst, SignInWays } from '@kith/protocol/study';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { CallError } from '../data/call.ts';
import { readWays } from '../data/session-calls.ts';
import { Ready } from '../pieces/states.tsx';
import { useCall } from '../session/session-context.tsx';
import { troubleOf } from '../words/problems.ts';
import { roleWords } from '../words/roles.ts';
import { Door } from './door.tsx';
import { rememberPlace } from './place.ts';
import { SignInForm, useSignIn } from './sign-in-form.tsx';

const reasons = {
  ended: 'Your sign-in has ended. Sign in again to go on where you were.',
  chosen: 'You are signed out. Nothing of yours is kept in this tab.',
};

/** The way in, whatever the address: signing in leads to where the analyst wanted to be. */
export function SignInPage({ because }: { because?: 'ended' | 'chosen' | undefined }) {
  const [queries] = useState(() => new QueryClient());
  useEffect(() => {
    document.title = 'Sign in · Kith study';
  }, []);
  return (
    <QueryClientProvider client={queries}>
      <Door title="Sign in to the study">
        {because && (
          <Notice kind={because === 'chosen' ? 'good' : 'warn'} role="status">
            <p>{reasons[because]}</p>
          </Notice>
        )}
        <RefusedElsewhere />
        <Ways />
      </Door>
    </QueryClientProvider>
  );
}

/** Whoever comes back from the issuer without having been let in is told why. */
function RefusedElsewhere() {
  const code = new URLSearchParams(window.location.search).get('problem');
  if (!code) return null;
  const { title, advice } = fromElsewhere[code] ?? troubleOf(new CallError(code, 0));
  return (
    <Notice kind="danger" title={title} role="alert">
      <p>{advice}</p>
    </Notice>
  );
}

/** What these codes mean to somebody who stands outside and has typed no password. */
const fromElsewhere: Record<string, { title: string; advice: string }> = {
  role_insufficient: {
    title: 'You were not let in',
    advice: 'None of your groups may come in here. Ask an admin of this service.',
  },
  sign_in_refused: {
    title: 'You were not let in',
    advice: 'Signing in elsewhere took too long, or was not accepted here. Try again, or ask an admin.',
  },
};

function Ways() {
  const call = useCall();
  const ways = useQuery({ queryKey: ['ways'], queryFn: ({ signal }) => readWays(call, signal), retry: 1 });
  return (
    <Ready query={ways} what="the ways to sign in">
      {(data) => <Open ways={data} />}
    </Ready>
  );
}

function Open({ ways }: { ways: SignInWays }) {
  const signing = useSignIn();
  return (
    <>
      {ways.demo && ways.demo.length > 0 && <Demo analysts={ways.demo} signing={signing} />}
      {ways.oidc && (
        <a className="button button--primary" href="/v1/session/oidc" onClick={rememberPlace}>
          Sign in with {ways.oidc.name}
        </a>
      )}
      {ways.local && <SignInForm signing={signing} />}
    </>
  );
}

/** Under `kith dev`, one press each. */
function Demo({ analysts, signing }: { analysts: DemoAnalyst[]; signing: ReturnType<typeof useSignIn> }) {
  return (
    <section className="stack stack--tight" aria-labelledby="demo-analysts">
      <h2 id="demo-analysts">Analysts of the demo</h2>
      <ul className="demo">
        {analysts.map((analyst) => (
          <li key={analyst.name}>
            <button
              type="button"
              className="demo__member"
              disabled={signing.trying}
              onClick={() => signing.enter(analyst)}
            >
              <span className="demo__words">
                <span className="demo__name">{analyst.name}</span>
                <span className="soft small">{roleWords[analyst.role]}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
