import type { ReactNode } from 'react';
import { troubleOf } from '../words/problems.ts';
import { Skeleton } from './skeleton.tsx';
import { TroubleNotice } from './trouble.tsx';

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

interface TroubleProps {
  error: unknown;
  again?: () => unknown;
  stale?: boolean;
}

/** A failed call of the member's, in words. */
export function Trouble({ error, ...rest }: TroubleProps) {
  return <TroubleNotice trouble={troubleOf(error)} {...rest} />;
}
