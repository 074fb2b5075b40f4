import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { Announcer } from '../ui/announcer.tsx';
import { LocalNamesProvider } from './import/local-names.tsx';
import { createMemberRouter } from './router.tsx';
import { SessionProvider, SignedInProvider, useSession } from './session/session-context.tsx';
import type { SessionStore } from './session/session-store.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';

/** The member's side of Kith. */
export function App({ store }: { store: SessionStore }) {
  return (
    <SessionProvider value={store}>
      <Announcer>
        <Doors />
      </Announcer>
    </SessionProvider>
  );
}

/** The sign-in page stands at any address, so that signing in leads to where the member wanted to be. */
function Doors() {
  const session = useSession();
  const [router] = useState(createMemberRouter);
  if (!session.signedIn) return <SignInPage because={session.because} />;
  return (
    <SignedInProvider key={session.token} token={session.token} demoId={session.demoId}>
      <LocalNamesProvider>
        <RouterProvider router={router} />
      </LocalNamesProvider>
    </SignedInProvider>
  );
}
