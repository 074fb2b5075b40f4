import type { ErrorComponentProps } from '@tanstack/react-router';
import { Sheet } from '../pieces/sheet.tsx';
import { LoadError } from '../pieces/states.tsx';

/** A page that broke: a fault of ours, or a part of the app that could not be fetched. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <Sheet title="This page did not load">
      <LoadError error={error} again={reset} />
    </Sheet>
  );
}
