import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { Logo } from '../../ui/logo.tsx';
import { SignOutButton } from '../../ui/sign-out-button.tsx';
import { ThemeButton } from '../../ui/theme-button.tsx';
import { LiveProvider } from '../data/live.tsx';
import { signOut } from '../data/session-calls.ts';
import { useCall, useSessionStore, useWho } from '../session/session-context.tsx';
import { roleWords } from '../words/roles.ts';
import { Navigation } from './navigation.tsx';

/** What stands around every page of the study. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  return (
    <div className="study">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header className="study__side">
        <p className="brand">
          <Logo />
          <span>
            Kith <span className="brand__room">study</span>
          </span>
        </p>
        <Navigation />
        <div className="study__me">
          <Who />
          <div className="shell__tools">
            <ThemeButton />
            <SignOut />
          </div>
        </div>
      </header>
      <main ref={main} id="main" className="study__main" tabIndex={-1}>
        <LiveProvider>
          <Outlet />
        </LiveProvider>
      </main>
    </div>
  );
}

function Who() {
  const { id, name, role } = useWho();
  return (
    <div className="who">
      <Avatar id={id} card={{ name, handle: '' }} size="small" />
      <div className="who__words">
        <span className="who__name">{name}</span>
        <span className="who__handle">{roleWords[role]}</span>
      </div>
    </div>
  );
}

function SignOut() {
  const call = useCall();
  const store = useSessionStore();
  // Whatever the service answers, nothing of this analyst's stays on the screen.
  const leave = () => {
    signOut(call)
      .catch(() => undefined)
      .finally(() => store.signedOut('chosen'));
  };
  return <SignOutButton onClick={leave} />;
}
