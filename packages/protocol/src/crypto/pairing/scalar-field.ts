import { Field } from '@noble/curves/abstract/modular.js';
import { expectLength, type RandomBytes } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { PAIRING_SCALAR_BYTES } from './pairing.ts';

/** The order r of the three groups of BLS12-381. */
export const PAIRING_ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;

/** Integers modulo r. */
export const scalarField = /* @__PURE__ */ Field(PAIRING_ORDER);

/** The integer in 1 .. r - 1 (from 0 on, if `zeroAllowed`) that 32 big-endian bytes stand for; else `scalar_invalid`. */
export function readPairingScalar(bytes: Uint8Array, zeroAllowed = false): bigint {
  const value = bigEndian(expectLength(bytes, PAIRING_SCALAR_BYTES));
  if (value >= PAIRING_ORDER || (value === 0n && !zeroAllowed)) throw new CryptoError('scalar_invalid');
  return value;
}

/** 32 big-endian bytes of an integer in 0 .. r - 1. */
export function writePairingScalar(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(2 * PAIRING_SCALAR_BYTES, '0');
  return Uint8Array.from({ length: PAIRING_SCALAR_BYTES }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

/** Uniform but for 2^-128, as RFC 9380 5.1 reasons: 48 bytes reduced, zero refused. */
export function drawPairingScalar(random: RandomBytes): Uint8Array {
  for (;;) {
    const value = bigEndian(expectLength(random(48), 48)) % PAIRING_ORDER;
    if (value !== 0n) return writePairingScalar(value);
  }
}

function bigEndian(bytes: Uint8Array): bigint {
  let hex = '0x';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}
