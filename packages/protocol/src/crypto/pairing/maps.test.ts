import { bls12_381 } from '@noble/curves/bls12-381.js';
import mcl from 'mcl-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes.ts';
import { hasSharedData, readSharedJson, sharedDataNote } from '../shared-data.testing.ts';
import { compressG1, compressG2 } from './eip2537.testing.ts';
import { loadMcl } from './mcl-module.ts';

interface EipCase {
  Input: string;
  Expected: string;
}

/** What mapToCurve gives is a point, though it is typed by its coordinates alone. */
const encodePoint = (point: unknown) => (point as { toBytes(compressed: boolean): Uint8Array }).toBytes(true);

describe.skipIf(!hasSharedData)(`maps to the curve, EIP-2537${sharedDataNote}`, () => {
  beforeAll(loadMcl);
  const fpOf = (hex: string) => {
    const value = new mcl.Fp();
    value.setBigEndianMod(fromHex(hex));
    return value;
  };

  it('both libraries map field elements to G1 as listed', () => {
    const cases = readSharedJson<EipCase[]>('eip2537/map_fp_to_G1_bls.json');
    expect(cases.length).toBe(5);
    for (const { Input, Expected } of cases) {
      const expected = toHex(compressG1(Expected));
      expect(toHex(fpOf(Input).mapToG1().serialize())).toBe(expected);
      expect(toHex(encodePoint(bls12_381.G1.mapToCurve(BigInt(`0x${Input}`) as never)))).toBe(expected);
    }
  });

  it('both libraries map field elements to G2 as listed', () => {
    const cases = readSharedJson<EipCase[]>('eip2537/map_fp2_to_G2_bls.json');
    expect(cases.length).toBe(5);
    for (const { Input, Expected } of cases) {
      const expected = toHex(compressG2(Expected));
      const [a, b] = [Input.slice(0, 128), Input.slice(128)];
      const element = new mcl.Fp2();
      element.set_a(fpOf(a));
      element.set_b(fpOf(b));
      expect(toHex(element.mapToG2().serialize())).toBe(expected);
      const pure = bls12_381.G2.mapToCurve([BigInt(`0x${a}`), BigInt(`0x${b}`)]);
      expect(toHex(encodePoint(pure))).toBe(expected);
    }
  });
});
