import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { expandMessageXmd } from './expand-message.ts';
import { codeOf } from './random.testing.ts';
import { hasSharedData, readSharedJson, sharedDataNote } from './shared-data.testing.ts';

interface Suite {
  DST: string;
  hash: string;
  tests: { msg: string; len_in_bytes: string; uniform_bytes: string }[];
}

describe('expand_message_xmd', () => {
  it('expands "abc" with SHA-256 and SHA-512 as RFC 9380 K.1 and K.3', () => {
    const with256 = expandMessageXmd(
      sha256,
      utf8('abc'),
      utf8('QUUX-V01-CS02-with-expander-SHA256-128'),
      0x20,
    );
    expect(toHex(with256)).toBe('d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615');
    const with512 = expandMessageXmd(
      sha512,
      utf8('abc'),
      utf8('QUUX-V01-CS02-with-expander-SHA512-256'),
      0x20,
    );
    expect(toHex(with512)).toBe('0da749f12fbe5483eb066a5f595055679b976e93abe9be6f0f6318bce7aca8dc');
  });

  describe.skipIf(!hasSharedData)(`full vectors of RFC 9380${sharedDataNote}`, () => {
    it.each(['SHA256_38', 'SHA256_256', 'SHA512_38'])('expand_message_xmd_%s', (name) => {
      const suite = readSharedJson<Suite>(`rfc9380/expand_message_xmd_${name}.json`);
      const hash = suite.hash === 'SHA256' ? sha256 : sha512;
      expect(suite.tests.length).toBeGreaterThan(5);
      for (const { msg, len_in_bytes, uniform_bytes } of suite.tests)
        expect(toHex(expandMessageXmd(hash, utf8(msg), utf8(suite.DST), Number(len_in_bytes)))).toBe(
          uniform_bytes,
        );
    });
  });

  it('refuses an empty tag and lengths that the construction cannot reach', () => {
    expect(codeOf(() => expandMessageXmd(sha256, utf8(''), new Uint8Array(0), 32))).toBe('length_wrong');
    expect(codeOf(() => expandMessageXmd(sha256, utf8(''), utf8('t'), 255 * 32 + 1))).toBe('length_wrong');
    expect(codeOf(() => expandMessageXmd(sha256, utf8(''), utf8('t'), 0))).toBe('length_wrong');
    expect(fromHex('').length).toBe(0);
  });
});
