import { CryptoError, G1_BYTES, G2_BYTES } from '@kith/protocol/crypto';
import type { RunWithNumber } from '../find-people/run.ts';
import { type Parameters, pinIssuers } from '../parameters/parameters.ts';
import { askIssuers } from './ask-issuers.ts';

const KEYS_BYTES = G1_BYTES + G2_BYTES;

/**
 * The member's own keys of an epoch, d1 || d2: from the store, or from the issuers and then checked against their public
 * keys.
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
  const keys = await obtain(run, parameters, epoch);
  await pinIssuers(run.vault, parameters);
  await run.vault.put(name, keys);
  return keys;
}

/** Puts answers together as they come, leaving out liars, until they make keys that hold or nobody is left to ask. */
async function obtain(run: RunWithNumber, { issuers }: Parameters, epoch: number): Promise<Uint8Array> {
  let failure: unknown;
  for await (const answers of askIssuers(run, issuers, epoch)) {
    try {
      const given = { issuers, answers, number: run.number, epoch };
      const { keys, liars } = await run.compute.run('keys', given, run.signal);
      for (const liar of liars) run.lyingIssuers.add(liar);
      return keys;
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code !== 'issuers_too_few') throw error;
      failure = error;
    }
  }
  throw failure;
}
