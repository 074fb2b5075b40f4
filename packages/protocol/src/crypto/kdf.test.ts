import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { authenticate, authenticator, context, expandKey, extractKey } from './kdf.ts';
import { hasSharedData, readSharedJson, sharedDataNote } from './shared-data.testing.ts';

interface HkdfCase {
  tcId: number;
  ikm: string;
  salt: string;
  info: string;
  size: number;
  okm: string;
  result: string;
}
interface MacCase {
  tcId: number;
  key: string;
  msg: string;
  tag: string;
  result: string;
}

describe('key derivation', () => {
  it('expands as RFC 5869 A.1', () => {
    const prk = fromHex('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
    const okm = expandKey(prk, fromHex('f0f1f2f3f4f5f6f7f8f9'), 42);
    expect(toHex(okm)).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  it('extracts with the label as salt', () => {
    const secret = utf8('secret');
    const whole = hkdf(sha256, secret, context('label'), utf8('info'), 50);
    expect(toHex(expandKey(extractKey('label', secret), utf8('info'), 50))).toBe(toHex(whole));
  });

  it('keeps labels apart from each other and from values', () => {
    const encodings = [
      context('a'),
      context('a', utf8('b')),
      context('ab'),
      context('a', fromHex('00')),
      context(''),
    ];
    expect(new Set(encodings.map(toHex)).size).toBe(encodings.length);
  });

  describe.skipIf(!hasSharedData)(`Wycheproof${sharedDataNote}`, () => {
    it('HKDF-SHA-256, every case', () => {
      const { testGroups } = readSharedJson<{ testGroups: { tests: HkdfCase[] }[] }>(
        'wycheproof/hkdf_sha256_test.json',
      );
      const cases = testGroups.flatMap(({ tests }) => tests);
      expect(cases.length).toBe(86);
      for (const { ikm, salt, info, size, okm, result } of cases) {
        const run = () => expandKey(authenticate(fromHex(salt), fromHex(ikm)), fromHex(info), size);
        if (result === 'invalid') expect(run).toThrow();
        else expect(toHex(run())).toBe(okm);
      }
    });

    it('HMAC-SHA-256, every case', () => {
      const { testGroups } = readSharedJson<{ testGroups: { tagSize: number; tests: MacCase[] }[] }>(
        'wycheproof/hmac_sha256_test.json',
      );
      let cases = 0;
      for (const { tagSize, tests } of testGroups)
        for (const { key, msg, tag, result } of tests) {
          const made = toHex(authenticate(fromHex(key), fromHex(msg)).subarray(0, tagSize / 8));
          const again = authenticator(fromHex(key));
          again(fromHex('00'));
          expect(toHex(again(fromHex(msg)).subarray(0, tagSize / 8))).toBe(made);
          expect(made === tag).toBe(result === 'valid');
          cases++;
        }
      expect(cases).toBe(174);
    });
  });
});
