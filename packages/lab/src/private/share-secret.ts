import {
  type IssuerSet,
  type IssuerShare,
  type Pairing,
  publicKeysOf,
  type RandomBytes,
} from '@kith/protocol/crypto';

/** The order of the groups of BLS12-381. */
const order = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;

const toInteger = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes = (value: bigint) => Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));

/** Shares of a secret that one dealer has drawn (Shamir, 1979), where a test needs issuers and no ceremony. */
export function shareSecret(
  pairing: Pairing,
  threshold: number,
  count: number,
  random: RandomBytes,
): { set: IssuerSet; shares: IssuerShare[] } {
  const coefficients = Array.from({ length: threshold }, () => toInteger(pairing.randomScalar(random)));
  const at = (x: bigint) => coefficients.reduceRight((sum, each) => (sum * x + each) % order, 0n);
  const shares = Array.from({ length: count }, (_, i) => ({
    index: i + 1,
    secret: toBytes(at(BigInt(i + 1))),
  }));
  return {
    set: {
      threshold,
      whole: publicKeysOf(pairing, toBytes(at(0n))),
      shares: shares.map(({ secret }) => publicKeysOf(pairing, secret)),
    },
    shares,
  };
}
