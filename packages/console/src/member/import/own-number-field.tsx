import { type RefObject, useId } from 'react';

interface OwnNumberFieldProps {
  input: RefObject<HTMLInputElement | null>;
  /** Whether what was entered is no number. */
  wrong: boolean;
}

/** Asks for the member's own number, where neither the app nor an earlier answer has said it. */
export function OwnNumberField({ input, wrong }: OwnNumberFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Your own number</label>
      <input
        id={id}
        ref={input}
        type="tel"
        autoComplete="tel"
        placeholder="+44 7700 900123"
        aria-invalid={wrong}
        aria-describedby={`${id}-why`}
      />
      {wrong && (
        <p className="field__error" role="alert">
          Write it with its country code, such as +44 7700 900123.
        </p>
      )}
      <p className="soft small" id={`${id}-why`}>
        The one that your app has verified. It is not sent: this device needs it to work out the codes, and
        checks it against your keys.
      </p>
    </div>
  );
}
