import type { PrivateParameters } from '@kith/protocol';
import { compareBytes, ELEMENT_BYTES, IssuerSetMessage } from '@kith/protocol/crypto';
import { KithError } from '../http/kith-error.ts';
import type { PrivateCalls } from '../private-calls.ts';
import type { Vault } from '../store/vault.ts';
import { fromBase64Url } from './base64url.ts';

/** What holds for everyone, with the keys as bytes and the same as before. */
export interface Parameters {
  epochs: { current: number; next?: number };
  /** The `IssuerSet` message; its points are checked where the keys are. */
  issuers: Uint8Array;
  oprf: { keyVersion: number; publicKey: Uint8Array };
  buckets: PrivateParameters['buckets'];
}

/**
 * Asks for the parameters, without saying who asks: a service that gave one member keys of its own could tell it apart by
 * them. For the same reason keys must be those that the app expects, or those of the first time.
 *
 * @param expected the issuers that the app pins, base64url
 * @throws KithError `issuers_changed`, `oprf_key_changed`, `answer_invalid`
 */
export async function readParameters(
  calls: PrivateCalls,
  vault: Vault,
  { expected, fresh = false }: { expected?: string | undefined; fresh?: boolean },
): Promise<Parameters> {
  const parameters = shapeOf(await calls.parameters(fresh));
  if (expected !== undefined) {
    const pinned = fromBase64Url(expected);
    if (!pinned)
      throw new KithError({ code: 'option_invalid', status: 0, message: 'not base64url', at: 'issuers' });
    if (compareBytes(pinned, parameters.issuers) !== 0) throw changed('issuers_changed');
  } else await expectPinned(vault, issuersName, parameters.issuers, 'issuers_changed');
  const { keyVersion, publicKey } = parameters.oprf;
  await expectPinned(vault, oprfName(keyVersion), publicKey, 'oprf_key_changed');
  return parameters;
}

/** Trust on first use: what was kept once it had proved to be good is what every later one must be. */
async function expectPinned(
  vault: Vault,
  name: string,
  value: Uint8Array,
  code: 'issuers_changed' | 'oprf_key_changed',
): Promise<void> {
  const known = await vault.get(name);
  if (known !== undefined && compareBytes(known, value) !== 0) throw changed(code);
}

const issuersName = 'pins/issuers';
const oprfName = (keyVersion: number) => `pins/oprf-${keyVersion}`;

/** Keeps the issuers whose keys have held. */
export async function pinIssuers(vault: Vault, { issuers }: Parameters): Promise<void> {
  await vault.put(issuersName, issuers);
}

/** Keeps the key whose use has been proved. */
export async function pinOprfKey(vault: Vault, { oprf }: Parameters): Promise<void> {
  await vault.put(oprfName(oprf.keyVersion), oprf.publicKey);
}

function changed(code: 'issuers_changed' | 'oprf_key_changed'): KithError {
  const what = code === 'issuers_changed' ? 'issuers' : 'lookup key';
  return new KithError({ code, status: 0, message: `The service names another ${what} than it should` });
}

/** What is read here decides what is sent, so it is not taken on trust that it has the documented shape. */
function shapeOf({ epochs, issuers, oprf, buckets }: PrivateParameters): Parameters {
  try {
    const set = fromBase64Url(issuers)!;
    IssuerSetMessage.deserialize(set);
    const publicKey = fromBase64Url(oprf.publicKey)!;
    const integers = [
      epochs.current,
      epochs.next ?? 0,
      oprf.keyVersion,
      buckets.day,
      buckets.keyVersion,
      buckets.prefixBits,
    ];
    const good = integers.every((value) => Number.isInteger(value) && value >= 0);
    if (!good || publicKey.length !== ELEMENT_BYTES || oprf.keyVersion !== buckets.keyVersion)
      throw new Error();
    return { epochs, issuers: set, oprf: { keyVersion: oprf.keyVersion, publicKey }, buckets };
  } catch {
    throw new KithError({ code: 'answer_invalid', status: 200, message: 'The parameters cannot be read' });
  }
}
