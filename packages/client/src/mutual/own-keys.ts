import { G1_BYTES, G2_BYTES, itemAt } from '@kith/protocol/crypto';
import type { RunWithNumber } from '../find-people/run.ts';
import { KithError } from '../http/kith-error.ts';
import { type Parameters, pinIssuers } from '../parameters/parameters.ts';

const KEYS_BYTES = G1_BYTES + G2_BYTES;
/** Bytes of a `MemberKeysAnswer`. */
const ANSWER_BYTES = 2 + 4 + 1 + KEYS_BYTES;

/**
 * The member's own keys of an epoch, d1 || d2: from the store, or from the issuers and then checked against their public
 * keys. `issuers` is kept with them, so that keys of other issuers are not mistaken for these.
 *
 * @throws CryptoError `issuers_too_few`, `issuers_invalid`, `point_invalid`, `member_key_invalid`
 */
export async function ownKeys(
  run: RunWithNumber,
  parameters: Parameters,
  space: string,
  epoch: number,
): Promise<Uint8Array> {
  const name = `${space}keys/${epoch}`;
  const known = await run.vault.get(name);
  if (known?.length === KEYS_BYTES) return known;
  const answers = split(await run.calls.memberKeys(epoch));
  const given = { issuers: parameters.issuers, answers, number: run.number, epoch };
  const { keys } = await run.compute.run('keys', given, run.signal);
  await pinIssuers(run.vault, parameters);
  await run.vault.put(name, keys);
  return keys;
}

/** Where there are several issuers their answers come one behind the other. */
function split(answers: Uint8Array): Uint8Array[] {
  const count = answers.length / ANSWER_BYTES;
  if (!Number.isInteger(count) || count < 1)
    throw new KithError({ code: 'answer_invalid', status: 200, message: 'The keys cannot be read' });
  return Array.from({ length: count }, (_, at) => itemAt(answers, at, ANSWER_BYTES));
}
