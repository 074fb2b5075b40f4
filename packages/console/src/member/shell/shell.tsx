import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { Logo } from '../../ui/logo.tsx';
import { SignOutButton } from '../../ui/sign-out-button.tsx';
import { ThemeButton } from '../../ui/theme-button.tsx';
import { isSuspended, useMe } from '../data/queries.ts';
import { useSignedIn } from '../session/session-context.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { SuspendedPage } from './suspended-page.tsx';
import { WhoAmI } from './who-am-i.tsx';

/** What stands around every page of a signed-in member. */
export function Shell() {
  const me = useMe();
  const main = useRef<HTMLElement>(null);
  const suspended = isSuspended(me.error);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header className="shell__side">
        <p className="brand">
          <Logo />
          <span>Kith</span>
        </p>
        {!suspended && <Navigation />}
        <div className="shell__me">
          {me.data && <WhoAmI me={me.data} />}
          <div className="shell__tools">
            <ThemeButton />
            <SignOut />
          </div>
        </div>
      </header>
      <main ref={main} id="main" className="shell__main" tabIndex={-1}>
        <OfflineBanner />
        {suspended ? <SuspendedPage again={me.refetch} /> : <Outlet />}
      </main>
    </div>
  );
}

function SignOut() {
  const { signOut } = useSignedIn();
  return <SignOutButton onClick={signOut} />;
}
