import type { Progress } from '@kith/client';
import { counted, grouped } from '../../words/counts.ts';
import type { Trouble } from '../../words/problems.ts';

const unchanged =
  'Nothing of your address book was sent to whoever answered. Tell the people who run your app.';
const resumes =
  'What was done is kept on this device: looking again goes on from there and costs nothing twice.';

const troubles: Record<string, Trouble> = {
  network: { title: 'The connection broke off', advice: `Check it, then look again. ${resumes}` },
  timeout: { title: 'No answer came in time', advice: resumes },
  too_many_requests: { title: 'That was too much at once', advice: resumes },
  database_unavailable: { title: 'Kith is having trouble with its storage', advice: resumes },
  shutting_down: { title: 'Kith is restarting', advice: resumes },
  issuers_unavailable: {
    title: 'Too few of the key issuers answer',
    advice: `Your keys come from several issuers, and too many of them are silent. Try again later. ${resumes}`,
  },
  keys_invalid: {
    title: 'The keys do not fit this number',
    advice: 'Is it the number that your app has verified? Nothing of your address book was sent.',
  },
  issuers_changed: { title: 'Kith names other key issuers than before', advice: unchanged },
  oprf_key_changed: { title: 'Kith names another lookup key than before', advice: unchanged },
  proof_invalid: {
    title: 'Kith could not prove that it used its public key',
    advice: 'So its answers were thrown away. Try again; if it stays so, tell the people who run your app.',
  },
  bucket_invalid: {
    title: 'A part of the directory was not what was asked for',
    advice: 'So it was thrown away. Try again; if it stays so, tell the people who run your app.',
  },
  phone_missing: {
    title: 'Kith has no phone number of yours any more',
    advice: 'Meetings need one. Verify your number in your app, then come back.',
  },
  environment_unsupported: {
    title: 'This browser cannot do the private way',
    advice: 'It lacks a source of randomness. Use another browser, or choose the plain way.',
  },
  storage: {
    title: 'This browser does not let Kith keep anything',
    advice:
      'In a private window, or with site data blocked, what is worked out would be lost. Allow it, or choose the plain way.',
  },
};

/** Words for what can go wrong in the private way; undefined where they are the same as anywhere. */
export function privateTroubleOf(error: unknown): Trouble | undefined {
  if (typeof DOMException !== 'undefined' && error instanceof DOMException) return troubles.storage;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && Object.hasOwn(troubles, code) ? troubles[code] : undefined;
}

/** What a step of the private way is doing. */
export function stepWords({ phase, done, total }: Progress, of: number): { title: string; note: string } {
  const part = `${grouped(done)} of ${grouped(total)}`;
  switch (phase) {
    case 'prepare':
      return { title: 'Getting your keys', note: 'Checked on this device before they are used.' };
    case 'mutual':
      return { title: 'Working out where you would meet', note: part + earlier(total, of) };
    case 'lookup':
      return { title: 'Asking blindly about the others', note: part + earlier(total, of) };
    case 'buckets':
      return { title: 'Comparing with today’s directory', note: part };
    case 'people':
      return { title: 'Fetching who was found', note: 'Almost done.' };
  }
}

/** What a run before has done already need not be done again, and that should be seen. */
function earlier(total: number, of: number): string {
  return total < of ? `, ${counted(of - total, 'was', 'were')} done before` : '';
}

/** Which of the four steps of work this is. */
export function stepNumber({ phase }: Progress): number {
  return { prepare: 1, mutual: 2, lookup: 3, buckets: 4, people: 4 }[phase];
}
