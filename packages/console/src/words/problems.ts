import type { KithErrorCode } from '@kith/client';

/** A failure as a person is told of it: what happened, and what to do now. */
export interface Trouble {
  title: string;
  advice: string;
}

interface Failure {
  code: KithErrorCode;
  retryAfterSecs?: number | undefined;
}

const again = 'Nothing was lost. Try again in a moment.';

const known: Record<string, Trouble> = {
  network: {
    title: 'Kith cannot be reached',
    advice: 'Check your connection. Nothing was lost; this page tries again by itself when you are back.',
  },
  timeout: { title: 'Kith took too long to answer', advice: again },
  answer_invalid: {
    title: 'Something between you and Kith answered in its place',
    advice: 'A sign-in page of a public network does this. Open any other site, then come back.',
  },
  database_unavailable: { title: 'Kith is having trouble with its storage', advice: again },
  shutting_down: { title: 'Kith is restarting', advice: again },
  too_many_requests: { title: 'That was too much at once', advice: again },
  internal: { title: 'Something went wrong on Kith’s side', advice: again },
  body_too_large: {
    title: 'That is more than one call may carry',
    advice: 'Send fewer contacts at a time: filter the list and select a part of it.',
  },
  numbers_too_many: {
    title: 'That is more numbers than one call may carry',
    advice: 'Send fewer contacts at a time: filter the list and select a part of it.',
  },
};

/** Words for a failed call; codes that this page does not know are named, so that they can be reported. */
export function troubleOf(error: unknown): Trouble {
  if (!isFailure(error)) {
    return {
      title: 'Something went wrong on this page',
      advice: 'Reload it. If that does not help, sign in again.',
    };
  }
  const trouble = known[error.code] ?? {
    title: 'Kith did not accept this',
    advice: `Try again. If it stays so, report the code “${error.code}”.`,
  };
  const secs = error.retryAfterSecs;
  return secs && secs > 1
    ? { ...trouble, advice: `Nothing was lost. Try again in ${pauseWords(secs)}.` }
    : trouble;
}

function pauseWords(secs: number): string {
  if (secs < 90) return `${secs} seconds`;
  const minutes = Math.ceil(secs / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
