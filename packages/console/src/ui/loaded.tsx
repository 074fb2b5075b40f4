import type { ReactNode } from 'react';
import { troubleOf } from '../words/problems.ts';
import { Notice } from './notice.tsx';

/** As much of a query as this needs. */
interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

interface LoadedProps<Data> {
  query: Query<Data>;
  /** What is on its way, for "Loading …". */
  what: string;
  children: (data: Data) => ReactNode;
}

/** What a query has; while it has nothing a skeleton, and when it failed the reason and a way to try again. */
export function Loaded<Data>({ query, what, children }: LoadedProps<Data>) {
  const failed = Boolean(query.error);
  return (
    <>
      {failed && <Trouble error={query.error} stale={query.data !== undefined} again={query.refetch} />}
      {query.data === undefined ? !failed && <Skeleton what={what} /> : children(query.data)}
    </>
  );
}

/** A failure in words, with a button to try again. */
export function Trouble({
  error,
  again,
  stale = false,
}: {
  error: unknown;
  again?: () => unknown;
  stale?: boolean;
}) {
  const { title, advice } = troubleOf(error);
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

function Skeleton({ what }: { what: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Loading {what}</span>
      <span className="skeleton__line" />
      <span className="skeleton__line" />
      <span className="skeleton__line" />
    </div>
  );
}
