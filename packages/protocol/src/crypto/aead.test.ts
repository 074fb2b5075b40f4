import { describe, expect, it } from 'vitest';
import { open, seal } from './aead.ts';
import { concatBytes, fromHex, toHex, utf8 } from './bytes.ts';
import { codeOf, streamOf } from './random.testing.ts';
import { hasSharedData, readSharedJson, sharedDataNote } from './shared-data.testing.ts';

interface Group {
  ivSize: number;
  tests: {
    tcId: number;
    key: string;
    iv: string;
    aad: string;
    msg: string;
    ct: string;
    tag: string;
    result: string;
  }[];
}

describe('sealing', () => {
  it('seals as RFC 8439 2.8.2', () => {
    const key = fromHex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f');
    const message = utf8(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    );
    const sealed = seal(
      key,
      fromHex('070000004041424344454647'),
      message,
      fromHex('50515253c0c1c2c3c4c5c6c7'),
    );
    expect(toHex(sealed).slice(0, 24 + 32)).toBe('070000004041424344454647d31a8d34648e60db7b86afbc53ef7ec2');
    expect(toHex(sealed).slice(-32)).toBe('1ae10b594f09e26a7e902ecbd0600691');
  });

  it('opens nothing that was changed, moved or cut', () => {
    const random = streamOf('aead');
    const key = random(32);
    const sealed = seal(key, random(12), random(50), utf8('here'));
    expect(open(key, sealed, utf8('here')).length).toBe(50);
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(codeOf(() => open(key, changed, utf8('here')))).toBe('seal_broken');
    }
    expect(codeOf(() => open(key, sealed, utf8('there')))).toBe('seal_broken');
    expect(codeOf(() => open(random(32), sealed, utf8('here')))).toBe('seal_broken');
    for (const length of [0, 11, 27, sealed.length - 1])
      expect(codeOf(() => open(key, sealed.subarray(0, length), utf8('here')))).toBe('seal_broken');
    expect(codeOf(() => seal(random(31), random(12), random(1), utf8('')))).toBe('length_wrong');
    expect(codeOf(() => seal(key, random(24), random(1), utf8('')))).toBe('length_wrong');
  });

  describe.skipIf(!hasSharedData)(`Wycheproof${sharedDataNote}`, () => {
    it('ChaCha20-Poly1305, every case with a nonce of 12 bytes; the others are refused', () => {
      const { testGroups } = readSharedJson<{ testGroups: Group[] }>(
        'wycheproof/chacha20_poly1305_test.json',
      );
      let cases = 0;
      for (const { ivSize, tests } of testGroups)
        for (const { key, iv, aad, msg, ct, tag, result } of tests) {
          cases++;
          const run = () => toHex(seal(fromHex(key), fromHex(iv), fromHex(msg), fromHex(aad)));
          if (ivSize !== 96) expect(codeOf(run)).toBe('length_wrong');
          else if (result === 'valid') {
            expect(run()).toBe(iv + ct + tag);
            expect(toHex(open(fromHex(key), fromHex(iv + ct + tag), fromHex(aad)))).toBe(msg);
          } else {
            const opened = () => open(fromHex(key), concatBytes(...[iv, ct, tag].map(fromHex)), fromHex(aad));
            expect(codeOf(opened)).toBe('seal_broken');
          }
        }
      expect(cases).toBe(325);
    });
  });
});
