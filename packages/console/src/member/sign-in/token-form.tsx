import { type FormEvent, useId, useState } from 'react';
import { useSessionStore } from '../session/session-context.tsx';

/** Sign-in by a token that the host's app has given the member; `titled` where nothing above it says so. */
export function TokenForm({ titled = true }: { titled?: boolean }) {
  const store = useSessionStore();
  const [missing, setMissing] = useState(false);
  const fieldId = useId();
  const hintId = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim();
    setMissing(!token);
    if (token) store.signIn({ token });
    else document.getElementById(fieldId)?.focus();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {titled && <h2>Sign in with a member token</h2>}
      <p className="soft small" id={hintId}>
        Your app opens Kith with one by itself. It stays in this tab and is gone when you close it.
      </p>
      <div className="field">
        <label htmlFor={fieldId}>Member token</label>
        <input
          id={fieldId}
          name="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={hintId}
          aria-invalid={missing}
          required
        />
        {missing && (
          <p className="field__error" role="alert">
            Paste the token first.
          </p>
        )}
      </div>
      <button type="submit" className="button button--primary">
        Sign in
      </button>
    </form>
  );
}
