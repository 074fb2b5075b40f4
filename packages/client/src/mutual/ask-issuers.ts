import type { KeysReferral } from '@kith/protocol';
import { IssuerSetMessage } from '@kith/protocol/crypto';
import { allEnded } from '../find-people/in-parallel.ts';
import { type RunWithNumber, stopIfAborted } from '../find-people/run.ts';
import { KithError } from '../http/kith-error.ts';

/**
 * Asks for the member's keys: the service itself, or the issuers outside it that it names. Gives all answers so far, each
 * time that there may be enough of them; whoever takes them stops when they are. A silent issuer is passed over.
 *
 * @param issuers the `IssuerSet` message
 */
export async function* askIssuers(
  run: RunWithNumber,
  issuers: Uint8Array,
  epoch: number,
): AsyncGenerator<Uint8Array[]> {
  const answer = await run.calls.memberKeys(epoch);
  const referral = referralIn(answer);
  if (referral === undefined) {
    yield [answer];
    return;
  }
  const { threshold } = IssuerSetMessage.deserialize(issuers);
  const left = shuffled(referral.issuers, run.random);
  const answers: Uint8Array[] = [];
  let failure: unknown;
  while (left.length > 0) {
    stopIfAborted(run);
    // As many as are needed; once those have not sufficed, one more at a time.
    const asked = left.splice(0, Math.max(threshold - answers.length, 1));
    const got = asked.map(({ url }) =>
      run.calls.issue(url, referral.attestation, epoch).catch((error: unknown) => {
        failure = error;
        return undefined;
      }),
    );
    answers.push(...(await allEnded(got)).filter((each) => each !== undefined));
    if (answers.length >= threshold) yield answers;
  }
  stopIfAborted(run);
  if (answers.length < threshold)
    throw new KithError({
      code: 'issuers_unavailable',
      status: 0,
      message: `Of the issuers ${threshold} are needed, and ${answers.length} answered`,
      cause: failure,
    });
}

/** A referral is JSON; an answer begins with the version of the wire format. */
function referralIn(answer: Uint8Array): KeysReferral | undefined {
  if (answer[0] !== '{'.charCodeAt(0)) return undefined;
  try {
    const referral = JSON.parse(new TextDecoder().decode(answer)) as KeysReferral;
    const { attestation, issuers } = referral;
    const good = typeof attestation === 'string' && issuers.every(({ url }) => /^https?:\/\//.test(url));
    if (good && issuers.length > 0) return referral;
  } catch {
    // Said below.
  }
  throw new KithError({
    code: 'answer_invalid',
    status: 200,
    message: 'The referral to issuers cannot be read',
  });
}

/** So that no issuer is asked by everyone. */
function shuffled<T>(items: readonly T[], random: (length: number) => Uint8Array): T[] {
  const ranks = random(items.length);
  return items
    .map((item, at) => ({ item, rank: ranks[at]! }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
