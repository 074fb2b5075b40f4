import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import mutual from '../../../vectors/mutual.json' with { type: 'json' };
import open from '../../../vectors/open.json' with { type: 'json' };

/*
 * docs/protocol.md written down once more with nothing of this package: libraries, literal labels and the committed
 * vectors. Where this fails, the document or the vectors no longer say what the code does.
 */

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const raw = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const u32 = (value: number) => raw(value.toString(16).padStart(8, '0'));
const u16 = (value: number) => raw(value.toString(16).padStart(4, '0'));
const EXTRACT = (label: string, ikm: Uint8Array) => extract(sha256, ikm, ascii(`Kith-v1 ${label}\0`));
const EXPAND = (key: Uint8Array, info: Uint8Array, length: number) => expand(sha256, key, info, length);
const CTX = (label: string, ...values: Uint8Array[]) => join(ascii(`Kith-v1 ${label}\0`), ...values);

describe('docs/protocol.md', () => {
  it.each(mutual.meetings.map((meeting) => [meeting.epoch, meeting] as const))(
    'describes the meeting in epoch %i',
    (epoch, { ends }) => {
      const s = BigInt(`0x${mutual.masterSecret}`);
      for (const [own, other] of [ends, ends.toReversed()] as [typeof ends, typeof ends] as never as [
        End,
        End,
      ][]) {
        const id = join(Uint8Array.of(own.number.length), ascii(own.number), u32(epoch));
        expect(hex(id)).toBe(own.identity);
        const h1 = bls12_381.G1.hashToCurve(id, {
          DST: 'KITH-V01-CS01-with-BLS12381G1_XMD:SHA-256_SSWU_RO_',
        });
        const h2 = bls12_381.G2.hashToCurve(id, {
          DST: 'KITH-V01-CS01-with-BLS12381G2_XMD:SHA-256_SSWU_RO_',
        });
        const d1 = (h1 as typeof bls12_381.G1.Point.BASE).multiply(s);
        const d2 = (h2 as typeof bls12_381.G2.Point.BASE).multiply(s);
        expect([hex(d1.toBytes()), hex(d2.toBytes())]).toEqual([own.memberKeys.g1, own.memberKeys.g2]);
        const side = own.number < other.number ? 'low' : 'high';
        expect(side).toBe(own.side);
        const k =
          side === 'low'
            ? bls12_381.pairing(d1, bls12_381.G2.Point.fromHex(other.hashed.g2))
            : bls12_381.pairing(bls12_381.G1.Point.fromHex(other.hashed.g1), d2);
        const kBytes = bls12_381.fields.Fp12.toBytes(k);
        expect(hex(kBytes)).toBe(own.pairKey);

        const root = EXTRACT('mutual', kBytes);
        const shared = EXPAND(root, CTX('mutual slot', u32(epoch)), 17);
        expect(hex(shared.subarray(0, 16))).toBe(own.slot);
        const coin = (shared[16] as number) & 1;
        const block = (x: 'low' | 'high') =>
          EXPAND(root, CTX('mutual side', u32(epoch), Uint8Array.of(x === 'low' ? 0 : 1)), 48);
        const tag = block(side).slice(0, 16);
        tag[0] = ((tag[0] as number) & 0x7f) | ((side === 'low' ? coin : 1 - coin) << 7);
        expect(hex(tag)).toBe(own.sideTag);
        expect(hex(block(side).slice(16))).toBe(own.sealKey);

        const texts = [own.card.id, own.card.name, own.card.handle, ''];
        const plain = new Uint8Array(484);
        plain.set(join(Uint8Array.of(1), ...texts.map((text) => join(u16(text.length), ascii(text)))));
        const cipher = chacha20poly1305(
          block(side).slice(16),
          raw(own.nonce),
          CTX('card', u32(epoch), raw(own.slot)),
        );
        expect(own.nonce + hex(cipher.encrypt(plain))).toBe(own.sealedCard);
      }
    },
  );

  it('describes open discovery', () => {
    const responseAt = 16 + 32 * open.members.length;
    const items = open.members.map((member, i) => ({
      input: ascii(member.number),
      blind: raw(open.blinds.slice(64 * i, 64 * i + 64)),
      blinded: raw(open.request.slice(12 + 64 * i, 12 + 64 * i + 64)),
      evaluated: raw(open.response.slice(32 + 64 * i, 32 + 64 * i + 64)),
    }));
    const proof = raw(open.response.slice(2 * responseAt));
    const outputs = ristretto255_oprf.voprf.finalizeBatch(items, raw(open.publicKey), proof);
    for (const [i, member] of open.members.entries()) {
      const y = outputs[i] as Uint8Array;
      expect(hex(y)).toBe(member.output);
      const root = EXTRACT('open', y);
      expect(hex(EXPAND(root, CTX('open tag', u16(open.keyVersion)), 16))).toBe(member.tag);
      const secret = EXPAND(root, CTX('open secret', u16(open.keyVersion)), 32);
      expect(hex(secret)).toBe(member.secret);
      const daily = EXPAND(secret, CTX('open day', u32(open.day)), 36);
      expect([hex(daily.slice(0, 32)), hex(daily.slice(32))]).toEqual([member.sealingKey, member.hint]);

      const key = raw(open.ticketKey);
      const macKey = EXPAND(key, CTX('ticket mac key'), 32);
      const coverKey = EXPAND(key, CTX('ticket cover key'), 32);
      const handle = raw(member.handle);
      const mac = hmac(sha256, macKey, CTX('ticket', u32(open.day), handle)).slice(0, 16);
      const pad = hmac(sha256, coverKey, CTX('ticket', u32(open.day), mac));
      const ticket = join(
        u32(open.day),
        mac,
        handle.map((byte, at) => byte ^ (pad[at] as number)),
      );
      expect(hex(ticket)).toBe(member.ticket);
      const nonce = EXPAND(daily.slice(0, 32), CTX('ticket nonce', ticket), 12);
      const cipher = chacha20poly1305(daily.slice(0, 32), nonce, CTX('sealed ticket'));
      expect(hex(nonce) + hex(cipher.encrypt(ticket))).toBe(member.sealedTicket);
      expect(Number.parseInt(member.tag.slice(0, 2), 16) >> (8 - open.prefixBits)).toBe(member.bucket);
    }
  });

  it('describes parts of buckets', () => {
    const { keyVersion, day, prefixBits, prefix } = open;
    const start = join(u16(keyVersion), u32(day), Uint8Array.of(prefixBits));
    const parts = [0, 1, 2].flatMap((part) => [u32(prefix), u16(part)]);
    expect(hex(join(Uint8Array.of(1, 16), start, u16(3), ...parts))).toBe(open.partsRequest);

    const hints = open.hints.slice(2 * 15).match(/.{8}/g) as string[];
    const n = BigInt(hints.length);
    const values = hints.map((hint) => Number((BigInt(`0x${hint}`) * n) >> 24n));
    const bits = Array.from({ length: 8 * Math.ceil(hints.length / 4) }, () => '0');
    for (const [i, value] of values.entries()) bits[i + Math.floor(value / 256)] = '1';
    const high = (bits.join('').match(/.{8}/g) as string[]).map((byte) => Number.parseInt(byte, 2));
    const short = join(u16(hints.length), Uint8Array.from(values), Uint8Array.from(high));
    const rest = raw(hints.map((hint) => hint.slice(4)).join(''));
    const ticket = raw(open.bucket.slice(2 * (15 + 4 * hints.length), 2 * (15 + 4 * hints.length + 64)));
    const answers = [short, rest, ticket].flatMap((part) => [u16(part.length), part]);
    expect(hex(join(Uint8Array.of(1, 17), start, u16(3), ...answers))).toBe(open.parts);
  });
});

type End = (typeof mutual.meetings)[0]['ends'][0];
