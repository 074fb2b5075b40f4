import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Announcer } from '../ui/announcer.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CallError, createCall } from './data/call.ts';
import { readSession } from './data/session-calls.ts';
import { LoadError } from './pieces/states.tsx';
import { createAnalystRouter } from './router.tsx';
import { QueriesProvider, SessionProvider, useStanding } from './session/session-context.tsx';
import { createSessionStore, type SessionStore } from './session/session-store.ts';
import { FirstPassword } from './sign-in/first-password.tsx';
import { returnToPlace } from './sign-in/place.ts';
import { SignInAgain } from './sign-in/sign-in-again.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

/** The analyst's side of Kith. */
export function App() {
  const [store] = useState(createSessionStore);
  useEffect(() => void ask(store), [store]);
  return (
    <SessionProvider store={store}>
      <Announcer>
        <Doors again={() => ask(store)} />
      </Announcer>
    </SessionProvider>
  );
}

/** The sign-in page stands at any address, so that signing in leads to where the analyst wanted to be. */
function Doors({ again }: { again: () => void }) {
  const standing = useStanding();
  const [router] = useState(createAnalystRouter);
  if (standing.phase === 'asking') return <Skeleton what="who is signed in" />;
  if (standing.phase === 'unreachable') return <Unreachable error={standing.error} again={again} />;
  if (standing.phase === 'out') return <SignInPage because={standing.because} />;
  const { analyst } = standing.session;
  if (analyst.mustChangePassword) return <FirstPassword />;
  return (
    <QueriesProvider key={analyst.id}>
      <RouterProvider router={router} />
      <SignInAgain open={standing.ended} name={analyst.name} />
    </QueriesProvider>
  );
}

function Unreachable({ error, again }: { error: unknown; again: () => void }) {
  return (
    <main className="study__main">
      <LoadError error={error} again={again} />
    </main>
  );
}

/** Whether the browser has a session that the service still knows. */
async function ask(store: SessionStore): Promise<void> {
  try {
    const session = await readSession(createCall({ csrf: store.csrf }));
    returnToPlace();
    store.signedIn(session);
  } catch (error) {
    if (!(error instanceof CallError) || error.status !== 401) store.set({ phase: 'unreachable', error });
    else if (error.code === 'session_expired') store.signedOut('ended');
    else store.set({ phase: 'out' });
  }
}
