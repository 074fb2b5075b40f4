import { CryptoError } from '../errors.ts';
import { readPairingScalar, scalarField, writePairingScalar } from '../pairing/scalar-field.ts';

/*
 * Shamir, "How to share a secret", 1979, over the integers modulo the order of BLS12-381's groups. Share i is the
 * polynomial at i, the secret is the polynomial at 0, and issuers are counted from 1.
 */

/** The most issuers of a set: an issuer's index is one byte. */
export const ISSUERS_MAX = 255;

/** The polynomial with these coefficients (32 bytes each, the constant first) at `x`; 32 bytes, zero possible. */
export function evaluatePolynomial(coefficients: readonly Uint8Array[], x: number): Uint8Array {
  const at = BigInt(x);
  const value = coefficients.reduceRight(
    (sum, coefficient) => scalarField.add(scalarField.mul(sum, at), readPairingScalar(coefficient)),
    0n,
  );
  return writePairingScalar(value);
}

/** a + b modulo the order; 32 bytes. */
export function addScalars(a: Uint8Array, b: Uint8Array): Uint8Array {
  return writePairingScalar(scalarField.add(readPairingScalar(a, true), readPairingScalar(b, true)));
}

/**
 * The weight of each index in the interpolation at `x`, over exactly the indices given; 32 bytes each. `issuers_invalid`
 * where an index is repeated, is `x`, or is not 1 to 255.
 */
export function lagrangeWeights(indices: readonly number[], x = 0): Uint8Array[] {
  const distinct = new Set(indices).size === indices.length;
  if (!distinct || indices.some((i) => !Number.isInteger(i) || i < 1 || i > ISSUERS_MAX || i === x))
    throw new CryptoError('issuers_invalid');
  return indices.map((i) => {
    const others = indices.filter((j) => j !== i);
    const above = others.reduce((product, j) => scalarField.mul(product, BigInt(j - x)), 1n);
    const below = others.reduce((product, j) => scalarField.mul(product, BigInt(j - i)), 1n);
    return writePairingScalar(
      scalarField.create(scalarField.div(scalarField.create(above), scalarField.create(below))),
    );
  });
}
