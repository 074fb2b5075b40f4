import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';

interface FirstPasswordNoteProps {
  name: string;
  password: string;
  close: () => void;
}

/** Shown once; neither the service nor this page can say it again. */
export function FirstPasswordNote({ name, password, close }: FirstPasswordNoteProps) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(password).then(() => setCopied(true));
  return (
    <Notice kind="good" title={`First password of ${name}`} role="status">
      <p>
        <code className="first-password">{password}</code>
      </p>
      <p>
        Pass it on by a way that you trust. It is shown this once, and has to be changed at the first sign-in.
      </p>
      <div className="row">
        <button type="button" className="button button--small" onClick={() => copy().catch(() => undefined)}>
          {copied ? 'Copied' : 'Copy'}
        </button>
        <button type="button" className="button button--small" onClick={close}>
          Done
        </button>
      </div>
    </Notice>
  );
}
