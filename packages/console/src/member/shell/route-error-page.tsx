import type { ErrorComponentProps } from '@tanstack/react-router';
import { Trouble } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

/** A page that broke: a fault of ours, or a part of the app that could not be fetched. */
export function RouteErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page did not load">
      <Trouble error={error} again={reset} />
    </Page>
  );
}
