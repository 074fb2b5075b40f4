import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { readSession } from '../data/session-calls.ts';
import { useCall, useSessionStore } from '../session/session-context.tsx';
import { SignInForm, useSignIn } from './sign-in-form.tsx';

/**
 * Asks for the password over the page, which stays as it is beneath: what was being written is not lost, and afterwards
 * everything that is shown is asked for anew.
 */
export function SignInAgain({ open, name }: { open: boolean; name: string }) {
  const store = useSessionStore();
  const queries = useQueryClient();
  useReturnFromElsewhere(open);
  useEffect(() => {
    if (!open) void queries.invalidateQueries();
  }, [open, queries]);
  return (
    <Dialog
      open={open}
      title="Your sign-in has ended"
      // It can only be left by signing in or out: beneath it nothing would work.
      onClose={() => undefined}
      actions={
        <button type="button" className="button" onClick={() => store.signedOut('ended')}>
          Leave instead
        </button>
      }
    >
      <p>Sign in again to go on where you were. What you have written is still there.</p>
      {open && <Again name={name} />}
    </Dialog>
  );
}

function Again({ name }: { name: string }) {
  return (
    <>
      <SignInForm signing={useSignIn()} name={name} />
      <p className="soft small">
        You sign in elsewhere?{' '}
        <a href="/v1/session/oidc" target="_blank" rel="noreferrer">
          Do it in another tab
        </a>
        , then come back to this one.
      </p>
    </>
  );
}

/** Whoever signed in in another tab finds the session here when this one is looked at again. */
function useReturnFromElsewhere(open: boolean) {
  const call = useCall();
  const store = useSessionStore();
  useEffect(() => {
    if (!open) return;
    const look = () => void readSession(call).then(store.signedIn, () => undefined);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [open, call, store]);
}
