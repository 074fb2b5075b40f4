import type { ReactNode } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TroubleNotice } from '../../ui/trouble.tsx';
import { CallError } from '../data/call.ts';
import { troubleOf } from '../words/problems.ts';

/** As much of a query as this needs. */
interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface ReadyProps<Data> {
  query: Query<Data>;
  /** What is on its way, for "Loading …". */
  what: string;
  /** Lines of the skeleton, so that the page keeps its height; default 3. */
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** What a query has; until then a skeleton, and where it failed the reason and a way on. */
export function Ready<Data>({ query, what, lines, children }: ReadyProps<Data>) {
  const { data, error, refetch } = query;
  if (error && isForbidden(error)) return <NoPermission what={what} />;
  return (
    <>
      {Boolean(error) && <LoadError error={error} stale={data !== undefined} again={refetch} />}
      {data === undefined ? !error && <Skeleton what={what} {...(lines && { lines })} /> : children(data)}
    </>
  );
}

interface LoadErrorProps {
  error: unknown;
  again?: () => unknown;
  /** Whether what was loaded before is still shown. */
  stale?: boolean;
}

/** A failed call of an analyst's, in words. */
export function LoadError({ error, again, stale }: LoadErrorProps) {
  // Asking again does not bring back what is not there.
  const isGone = error instanceof CallError && error.status === 404;
  return <TroubleNotice trouble={troubleOf(error)} again={isGone ? undefined : again} stale={stale} />;
}

/** For those whose role does not reach so far. */
export function NoPermission({ what }: { what: string }) {
  return (
    <Notice kind="warn" title="Your role does not reach this far" role="status">
      <p>You may not see {what}. An admin can give you another role on the page “Analysts”.</p>
    </Notice>
  );
}

interface EmptyStateProps {
  title: string;
  /** What to do next. */
  children?: ReactNode;
}

/** Where there is nothing, and why that may be, and what helps. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <section className="card nothing">
      <h2>{title}</h2>
      {children && <div className="nothing__next soft">{children}</div>}
    </section>
  );
}

export function isForbidden(error: unknown): boolean {
  return error instanceof CallError && error.code === 'role_insufficient';
}
