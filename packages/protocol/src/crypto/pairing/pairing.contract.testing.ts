import { bls12_381 } from '@noble/curves/bls12-381.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../bytes.ts';
import { codeOf, streamOf } from '../random.testing.ts';
import { hasSharedData, readShared, readSharedJson, sharedDataNote } from '../shared-data.testing.ts';
import { compressG1, compressG2, outsideSubgroup } from './eip2537.testing.ts';
import { GT_BYTES, type Pairing } from './pairing.ts';
import { PAIRING_ORDER, writePairingScalar } from './scalar-field.ts';

/** The prime of the base field. */
const P_HEX =
  '1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab';
/** RFC 9380 J.9.1 and J.10.1, message "abc". */
const RFC_G1_X =
  '03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903';
const RFC_G2_X =
  '139cddbccdc5e91b9623efd38c49f81a6f83f175e80b06fc374de9eb4b41dfe4ca3a230ed250fbe3a2acf73a41177fd8' +
  '02c2d18e033b960562aae3cab37a27ce00d80ccd5ba4b7fe0e7a210245129dbec7780ccc7954725f4168aff2787776e6';
/** e(G1, G2), its first and last coefficients: zkcrypto/bls12_381, src/pairings.rs, Gt::generator. */
const GT_FIRST =
  '1250ebd871fc0a92a7b2d83168d0d727272d441befa15c503dd8e90ce98db3e7b6d194f60839c508a84305aaca1789b6';
const GT_LAST =
  '0f41e58663bf08cf068672cbd01a7ec73baca4d72ca93544deff686bfd6df543d48eaa24afe47e1efde449383b676631';

interface HashSuite {
  dst: string;
  vectors: { msg: string; P: { x: string; y: string } }[];
}
interface EipCase {
  Name: string;
  Input: string;
  Expected: string;
}

const scalarOf = (value: bigint | number) => writePairingScalar(BigInt(value));
const limbsBackwards = (hex: string) => (hex.match(/.{96}/g) ?? []).reverse().join('');
/** The compressed encoding without its three flag bits: x alone. */
const withoutFlags = (bytes: Uint8Array) => toHex(bytes.map((byte, i) => (i === 0 ? byte & 0x1f : byte)));

/** What every backend of `Pairing` must do. `gtSample`: how many of the 1,000 GT values are tried, spread evenly. */
export function describePairing(name: string, load: () => Promise<Pairing>, gtSample: number): void {
  describe(`${name} backend of BLS12-381`, () => {
    let pairing: Pairing;
    const random = streamOf(`pairing ${name}`);
    const tag = utf8('pairing-test');
    beforeAll(async () => {
      pairing = await load();
    });

    it('pairs the generators to the value that zkcrypto publishes', () => {
      const gt = toHex(pairing.pair(pairing.generatorG1, pairing.generatorG2));
      expect(gt.length).toBe(2 * GT_BYTES);
      expect(gt.slice(0, 96)).toBe(GT_FIRST);
      expect(gt.slice(-96)).toBe(GT_LAST);
    });

    it('hashes "abc" to both groups as RFC 9380 J.9.1 and J.10.1', () => {
      const g1 = pairing.hashToG1(utf8('abc'), utf8('QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_'));
      expect(withoutFlags(g1.toBytes())).toBe(RFC_G1_X);
      const g2 = pairing.hashToG2(utf8('abc'), utf8('QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_'));
      expect(withoutFlags(g2.toBytes())).toBe(RFC_G2_X);
    });

    it('is bilinear', () => {
      const [a, b] = [pairing.hashToG1(random(8), tag), pairing.hashToG2(random(8), tag)];
      const k = pairing.randomScalar(random);
      const left = pairing.pair(pairing.multiplyG1(a, k), b);
      expect(toHex(left)).toBe(toHex(pairing.pair(a, pairing.multiplyG2(b, k))));
      expect(toHex(left)).not.toBe(toHex(pairing.pair(a, b)));
      expect(pairing.pairsEqual(pairing.multiplyG1(a, k), b, a, pairing.multiplyG2(b, k))).toBe(true);
      expect(pairing.pairsEqual(pairing.multiplyG1(a, k), b, a, b)).toBe(false);
    });

    it('pairs with a prepared point as with the point, until it is released', () => {
      const [a, b] = [pairing.hashToG1(random(8), tag), pairing.hashToG2(random(8), tag)];
      const prepared = pairing.prepare(b);
      expect(toHex(pairing.pairPrepared(a, prepared))).toBe(toHex(pairing.pair(a, b)));
      prepared.release();
      prepared.release();
    });

    it('adds and multiplies consistently', () => {
      const [a, b] = [pairing.hashToG1(random(8), tag), pairing.hashToG2(random(8), tag)];
      const [three, four] = [scalarOf(3), scalarOf(4)];
      const sum1 = pairing.addG1(pairing.multiplyG1(a, three), a);
      expect(toHex(sum1.toBytes())).toBe(toHex(pairing.multiplyG1(a, four).toBytes()));
      const sum2 = pairing.addG2(pairing.multiplyG2(b, three), b);
      expect(toHex(sum2.toBytes())).toBe(toHex(pairing.multiplyG2(b, four).toBytes()));
      expect(codeOf(() => pairing.addG1(a, pairing.multiplyG1(a, scalarOf(PAIRING_ORDER - 1n))))).toBe(
        'point_invalid',
      );
      expect(codeOf(() => pairing.addG2(b, pairing.multiplyG2(b, scalarOf(PAIRING_ORDER - 1n))))).toBe(
        'point_invalid',
      );
    });

    it('refuses the identity in every form', () => {
      for (const first of [0xc0, 0x40, 0xe0]) {
        const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i === 0 ? first : 0));
        expect(codeOf(() => pairing.readG1(bytes(48)))).toBe('point_invalid');
        expect(codeOf(() => pairing.readG2(bytes(96)))).toBe('point_invalid');
      }
      expect(codeOf(() => pairing.readG1(new Uint8Array(48)))).toBe('point_invalid');
      expect(codeOf(() => pairing.readG2(new Uint8Array(96)))).toBe('point_invalid');
    });

    it('refuses points of the curve that lie outside the subgroup', () => {
      for (const start of [1n, 1_000n, 77_777n]) {
        const { g1, g2 } = outsideSubgroup(start);
        expect(codeOf(() => pairing.readG1(g1))).toBe('point_invalid');
        expect(codeOf(() => pairing.readG2(g2))).toBe('point_invalid');
      }
    });

    it('refuses points off the curve, unreduced coordinates, cleared and added flags', () => {
      const good1 = pairing.hashToG1(random(8), tag).toBytes();
      const good2 = pairing.hashToG2(random(8), tag).toBytes();
      const set = (bytes: Uint8Array, at: number, value: number) =>
        bytes.map((byte, i) => (i === at ? value : byte));
      const flagged = [0x80, 0x40].flatMap((bit) => [
        [set(good1, 0, (good1[0] as number) ^ bit), set(good2, 0, (good2[0] as number) ^ bit)],
      ]);
      for (const [bad1, bad2] of flagged as [Uint8Array, Uint8Array][]) {
        expect(codeOf(() => pairing.readG1(bad1))).toBe('point_invalid');
        expect(codeOf(() => pairing.readG2(bad2))).toBe('point_invalid');
      }
      const unreduced = fromHex(P_HEX).map((byte, i) => (i === 0 ? byte | 0x80 : byte));
      expect(codeOf(() => pairing.readG1(unreduced))).toBe('point_invalid');
      expect(codeOf(() => pairing.readG2(new Uint8Array([...unreduced, ...new Uint8Array(48)])))).toBe(
        'point_invalid',
      );
      expect(
        codeOf(() => pairing.readG2(new Uint8Array([...good2.subarray(0, 48), ...fromHex(P_HEX)]))),
      ).toBe('point_invalid');
      const verdicts = Array.from({ length: 16 }, () => {
        const bytes = random(48).map((byte, i) => (i === 0 ? 0x80 | (byte & 0x0f) : byte));
        return codeOf(() => pairing.readG1(bytes));
      });
      expect(new Set(verdicts)).toEqual(new Set(['point_invalid']));
    });

    it('refuses wrong lengths, uncompressed forms among them', () => {
      const uncompressed = bls12_381.G1.Point.BASE.toBytes(false);
      expect(codeOf(() => pairing.readG1(uncompressed))).toBe('length_wrong');
      for (const length of [0, 47, 49, 96])
        expect(codeOf(() => pairing.readG1(new Uint8Array(length)))).toBe('length_wrong');
      for (const length of [0, 48, 95, 97, 192])
        expect(codeOf(() => pairing.readG2(new Uint8Array(length)))).toBe('length_wrong');
      expect(codeOf(() => pairing.multiplyG1(pairing.generatorG1, new Uint8Array(31)))).toBe('length_wrong');
    });

    it('refuses scalars of zero and of the order or more', () => {
      for (const bad of [0n, PAIRING_ORDER, PAIRING_ORDER + 5n]) {
        expect(codeOf(() => pairing.multiplyG1(pairing.generatorG1, scalarOf(bad)))).toBe('scalar_invalid');
        expect(codeOf(() => pairing.multiplyG2(pairing.generatorG2, scalarOf(bad)))).toBe('scalar_invalid');
      }
    });

    describe.skipIf(!hasSharedData)(`full vectors${sharedDataNote}`, () => {
      const parse = (value: string) => value.split(',').map((part) => part.slice(2).padStart(128, '0'));

      it('RFC 9380 BLS12381G1_XMD:SHA-256_SSWU_RO_, every message', () => {
        const suite = readSharedJson<HashSuite>('rfc9380/BLS12381G1_XMD-SHA-256_SSWU_RO.json');
        expect(suite.vectors.length).toBe(5);
        for (const { msg, P } of suite.vectors)
          expect(toHex(pairing.hashToG1(utf8(msg), utf8(suite.dst)).toBytes())).toBe(
            toHex(compressG1([P.x, P.y].flatMap(parse).join(''))),
          );
      });

      it('RFC 9380 BLS12381G2_XMD:SHA-256_SSWU_RO_, every message', () => {
        const suite = readSharedJson<HashSuite>('rfc9380/BLS12381G2_XMD-SHA-256_SSWU_RO.json');
        expect(suite.vectors.length).toBe(5);
        for (const { msg, P } of suite.vectors)
          expect(toHex(pairing.hashToG2(utf8(msg), utf8(suite.dst)).toBytes())).toBe(
            toHex(compressG2([P.x, P.y].flatMap(parse).join(''))),
          );
      });

      it('EIP-2537 pairing_check, every case: products of pairings, the identity refused on the way in', () => {
        const { Fp12 } = bls12_381.fields;
        for (const { Name, Input, Expected } of readSharedJson<EipCase[]>('eip2537/pairing_check_bls.json')) {
          const pairs = Input.match(/.{768}/g) ?? [];
          const product = pairs.reduce((value, pair) => {
            const [one, two] = [compressG1(pair.slice(0, 256)), compressG2(pair.slice(256))];
            const zeros = [one, two].map((bytes) => (bytes[0] as number) & 0x40);
            if (zeros[0])
              expect(
                codeOf(() => pairing.readG1(one)),
                Name,
              ).toBe('point_invalid');
            if (zeros[1])
              expect(
                codeOf(() => pairing.readG2(two)),
                Name,
              ).toBe('point_invalid');
            if (zeros[0] || zeros[1]) return value;
            return Fp12.mul(value, Fp12.fromBytes(pairing.pair(pairing.readG1(one), pairing.readG2(two))));
          }, Fp12.ONE);
          expect(Fp12.eql(product, Fp12.ONE), Name).toBe(Expected.endsWith('1'));
        }
      });

      it('EIP-2537 multiplications in both groups, where scalar and point are ones we take', () => {
        for (const [file, width, read, multiply, compress] of [
          ['mul_G1', 256, pairing.readG1, pairing.multiplyG1, compressG1],
          ['mul_G2', 512, pairing.readG2, pairing.multiplyG2, compressG2],
        ] as const) {
          let tried = 0;
          for (const { Input, Expected } of readSharedJson<EipCase[]>(`eip2537/${file}_bls.json`)) {
            const scalar = BigInt(`0x${Input.slice(width)}`);
            const point = compress(Input.slice(0, width));
            if (scalar === 0n || scalar >= PAIRING_ORDER || (point[0] as number) & 0x40) continue;
            tried++;
            const product = (multiply as (p: unknown, s: Uint8Array) => { toBytes(): Uint8Array })(
              read(point),
              scalarOf(scalar),
            );
            expect(toHex(product.toBytes())).toBe(toHex(compress(Expected)));
          }
          expect(tried).toBeGreaterThan(5);
        }
      });

      it('EIP-2537 names a point outside the subgroup: refused', () => {
        const cases = readSharedJson<EipCase[]>('eip2537/add_G1_bls.json');
        const { Input } = cases.find(({ Name }) => Name.includes('not_in_correct_subgroup')) as EipCase;
        expect(codeOf(() => pairing.readG1(compressG1(Input.slice(0, 256))))).toBe('point_invalid');
      });

      it(`zkcrypto: ${gtSample} of the 1,000 serialised points of each group decode to themselves and are consecutive`, () => {
        const one = readShared('bls12381/g1_compressed_valid_test_vectors.dat');
        const two = readShared('bls12381/g2_compressed_valid_test_vectors.dat');
        for (let n = 1; n < 999; n += Math.ceil(1000 / gtSample)) {
          const at = (packed: Uint8Array, size: number, i: number) =>
            packed.subarray(size * i, size * (i + 1));
          const g1 = pairing.readG1(at(one, 48, n));
          const g2 = pairing.readG2(at(two, 96, n));
          expect(toHex(pairing.addG1(g1, pairing.generatorG1).toBytes())).toBe(toHex(at(one, 48, n + 1)));
          expect(toHex(pairing.addG2(g2, pairing.generatorG2).toBytes())).toBe(toHex(at(two, 96, n + 1)));
        }
      });

      it(`kilic/bls12-381: ${gtSample} of the 1,000 values e(nG1, nG2)`, () => {
        const values = readSharedJson<string[]>('bls12381/pairing_gt_1000.json.gz');
        expect(values.length).toBe(1000);
        const step = Math.ceil(1000 / gtSample);
        const [stepG1, stepG2] = [
          pairing.multiplyG1(pairing.generatorG1, scalarOf(step)),
          pairing.multiplyG2(pairing.generatorG2, scalarOf(step)),
        ];
        let [a, b] = [pairing.generatorG1, pairing.generatorG2];
        for (let i = 0; i < 1000; i += step) {
          expect(toHex(pairing.pair(a, b))).toBe(limbsBackwards(values[i] as string));
          [a, b] = [pairing.addG1(a, stepG1), pairing.addG2(b, stepG2)];
        }
      });
    });
  });
}
