import { toHex } from '@kith/protocol/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf, pack, unpack } from './pending-request.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const request = fc
  .array(fc.tuple(bytes(16), fc.stringMatching(/^\+[1-9][0-9]{6,14}$/), bytes(32), bytes(32)), {
    minLength: 1,
    maxLength: 20,
  })
  .chain((rows) =>
    fc.integer({ min: 0, max: 65_535 }).map((keyVersion) => ({
      keyVersion,
      contacts: rows.map(([mark, number]) => ({ mark, number })),
      blinds: Uint8Array.from(rows.flatMap(([, , blind]) => [...blind])),
      elements: Uint8Array.from(rows.flatMap(([, , , element]) => [...element])),
    })),
  );

describe('a request that is kept', () => {
  it('comes back the same, and makes the same message byte for byte', () => {
    fc.assert(
      fc.property(request, (pending) => {
        const kept = unpack(pack(pending))!;
        expect(kept).toEqual(pending);
        expect(toHex(messageOf(kept))).toBe(toHex(messageOf(pending)));
      }),
    );
  });

  it('is nothing where its bytes are of another length', () => {
    for (const length of [0, 1, 2, 97, 99]) expect(unpack(new Uint8Array(length))).toBeUndefined();
  });
});
