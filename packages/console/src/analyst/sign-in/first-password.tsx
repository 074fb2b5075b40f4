import { type FormEvent, useEffect, useId, useState } from 'react';
import { changePassword } from '../data/session-calls.ts';
import { LoadError } from '../pieces/states.tsx';
import { useCall, useSessionStore } from '../session/session-context.tsx';
import { Door } from './door.tsx';

const lengthMin = 12;

/** The first password was made by somebody else, so it opens nothing but this page. */
export function FirstPassword() {
  useEffect(() => {
    document.title = 'Choose a password · Kith study';
  }, []);
  return (
    <Door title="Choose a password of your own">
      <p className="soft">
        The first one was made for you and somebody else has seen it. At least {lengthMin} characters; four
        unrelated words are easy to remember and hard to guess.
      </p>
      <PasswordForm />
    </Door>
  );
}

function PasswordForm() {
  const call = useCall();
  const store = useSessionStore();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const fault = faultOf(current, next, again);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (fault) return;
    await changePassword(call, current, next).then(store.signedIn, setError);
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {Boolean(error) && <LoadError error={error} />}
      <Password
        label="Password you were given"
        autoComplete="current-password"
        value={current}
        set={setCurrent}
      />
      <Password label="New password" autoComplete="new-password" value={next} set={setNext} />
      <Password label="New password again" autoComplete="new-password" value={again} set={setAgain} />
      {tried && fault && (
        <p className="field__error" role="alert">
          {fault}
        </p>
      )}
      <div>
        <button type="submit" className="button button--primary">
          Keep this password
        </button>
      </div>
    </form>
  );
}

function faultOf(current: string, next: string, again: string): string | undefined {
  if (current === '') return 'Fill in the password that you were given.';
  if (next.length < lengthMin) return `The new password needs at least ${lengthMin} characters.`;
  if (next === current) return 'The new password is the one that you were given.';
  if (next !== again) return 'The two new passwords differ.';
  return undefined;
}

interface PasswordProps {
  label: string;
  autoComplete: string;
  value: string;
  set: (value: string) => void;
}

function Password({ label, autoComplete, value, set }: PasswordProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        autoComplete={autoComplete}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </div>
  );
}
