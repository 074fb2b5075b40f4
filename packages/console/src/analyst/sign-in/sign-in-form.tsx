import type { DemoAnalyst } from '@kith/protocol/study';
import { type FormEvent, useId, useState } from 'react';
import { signIn } from '../data/session-calls.ts';
import { LoadError } from '../pieces/states.tsx';
import { useCall, useSessionStore } from '../session/session-context.tsx';

/** Signing in, with what came of the last try. */
export function useSignIn() {
  const call = useCall();
  const store = useSessionStore();
  const [trying, setTrying] = useState(false);
  const [error, setError] = useState<unknown>();
  const enter = async ({ name, password }: Pick<DemoAnalyst, 'name' | 'password'>) => {
    setTrying(true);
    setError(undefined);
    try {
      store.signedIn(await signIn(call, name, password));
    } catch (failure) {
      setError(failure);
      setTrying(false);
    }
  };
  return { enter, trying, error };
}

interface SignInFormProps {
  signing: ReturnType<typeof useSignIn>;
  /** Given where it has to be the same person again. */
  name?: string;
}

/** Name and password. */
export function SignInForm({ signing, name: given }: SignInFormProps) {
  const id = useId();
  const [name, setName] = useState(given ?? '');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signing.enter({ name: name.trim(), password }).then(() => setPassword(''));
  };
  return (
    <form className="stack" onSubmit={submit}>
      {Boolean(signing.error) && <LoadError error={signing.error} />}
      <div className="field">
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          readOnly={given !== undefined}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-password`}>Password</label>
        <input
          id={`${id}-password`}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <div>
        <button type="submit" className="button button--primary" disabled={signing.trying}>
          {signing.trying ? 'Signing in …' : 'Sign in'}
        </button>
      </div>
    </form>
  );
}
