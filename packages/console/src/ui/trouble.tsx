import { Notice } from './notice.tsx';

interface TroubleNoticeProps {
  /** The failure as a person is told of it: what happened, and what to do now. */
  trouble: { title: string; advice: string };
  again?: (() => unknown) | undefined;
  /** Whether what was loaded before is still shown. */
  stale?: boolean | undefined;
}

/** A failure in words, with a button to try again. */
export function TroubleNotice({ trouble: { title, advice }, again, stale = false }: TroubleNoticeProps) {
  return (
    <Notice kind={stale ? 'warn' : 'danger'} title={title} role="alert">
      <p>{stale ? 'What you see here is from before.' : advice}</p>
      {again && (
        <button type="button" className="button button--small" onClick={() => again()}>
          Try again
        </button>
      )}
    </Notice>
  );
}
