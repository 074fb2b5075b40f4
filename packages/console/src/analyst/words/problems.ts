import { troubleOf as generalTroubleOf, type Trouble } from '../../words/problems.ts';

/** What only analysts meet; the rest has the same words for everybody. */
const known: Record<string, Trouble> = {
  session_missing: { title: 'You are not signed in', advice: 'Sign in, and this page goes on where it was.' },
  session_expired: {
    title: 'Your sign-in has ended',
    advice: 'Sign in again, and this page goes on where it was.',
  },
  csrf_invalid: { title: 'This page is older than your sign-in', advice: 'Reload it, then try again.' },
  role_insufficient: {
    title: 'Your role does not reach this far',
    advice: 'An admin can give you another role on the page “Analysts”.',
  },
  password_change_required: {
    title: 'Choose a password of your own first',
    advice: 'The first one was only to get in.',
  },
  sign_in_refused: { title: 'Name and password do not go together', advice: 'Check both and try again.' },
  sign_in_locked: { title: 'Too many tries: this name is locked for now', advice: 'Try again later.' },
  password_weak: {
    title: 'That password is too easy to guess',
    advice: 'Take a longer one, such as four unrelated words.',
  },
  analyst_name_taken: { title: 'Somebody already has this name', advice: 'Choose another one.' },
  analyst_name_invalid: {
    title: 'That cannot be a name',
    advice: 'Take 1 to 64 letters, digits, spaces and . _ @ + -',
  },
  analyst_last_admin: {
    title: 'Somebody has to remain who can let others in',
    advice: 'Make another analyst an admin first.',
  },
  analyst_not_local: {
    title: 'This analyst has no password here',
    advice: 'It signs in through your identity provider.',
  },
  sign_in_unavailable: {
    title: 'Your identity provider cannot be reached',
    advice: 'Try again in a moment, or sign in with a password if you have one.',
  },
  ring_state: { title: 'Somebody was quicker', advice: 'Look at the ring again before you go on.' },
  watch_unavailable: {
    title: 'The event store is not there',
    advice: 'Nothing can be searched until it is back.',
  },
  ledger_unsealed: { title: 'Not sealed yet', advice: 'Entries are sealed within seconds.' },
  entry_unknown: { title: 'There is no such entry', advice: 'Load the ledger anew.' },
  ring_unknown: { title: 'There is no such ring', advice: 'It may have dissolved when detection ran again.' },
  case_unknown: { title: 'There is no such case', advice: 'The address may be mistyped.' },
  action_unknown: { title: 'There is no such plan', advice: 'The address may be mistyped.' },
  action_state: {
    title: 'Somebody was quicker',
    advice: 'The plan is not where it was. Look at it again before you go on.',
  },
  plan_stale: { title: 'The ring has changed since this plan was made', advice: 'Make the plan anew.' },
  approval_missing: {
    title: 'A second person has to approve this',
    advice: 'Ask for approval; whoever planned it cannot give it.',
  },
  approver_unknown: {
    title: 'It is not certain that you are two',
    advice:
      'One of you has lately given the other a password, or is a key without an owner. Ask somebody else.',
  },
  approver_same: { title: 'It takes two', advice: 'Whoever planned an action cannot approve it.' },
  network: {
    title: 'Kith cannot be reached',
    advice: 'Check your connection, then try again. Nothing was lost.',
  },
};

/** Words for a failed call. */
export function troubleOf(error: unknown): Trouble {
  const general = generalTroubleOf(error);
  const own = error instanceof Error && 'code' in error ? known[String(error.code)] : undefined;
  // "In 12 minutes" is said in general words only.
  return own ? { ...own, advice: waits(error) ? general.advice : own.advice } : general;
}

function waits(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'retryAfterSecs' in error &&
    Number(error.retryAfterSecs) > 1
  );
}
