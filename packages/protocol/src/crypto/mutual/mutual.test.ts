import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import { loadFastPairing, loadPurePairing } from '../pairing/load.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { codeOf, streamOf } from '../random.testing.ts';
import { type MeetingCard, openCard, SEALED_CARD_BYTES, sealCard } from './card.ts';
import { encodeIdentity, sideOf } from './identity.ts';
import { deriveMeeting, meet, pairKey } from './meeting.ts';
import { acceptKeys, issueKeys, publicKeysOf, type ReadyMember, readyMember } from './member-keys.ts';

const ADA = '+12025550123';
const BOB = '+442079460000';
const EVE = '+33612345678';
const EPOCH = 226;
const card: MeetingCard = {
  id: 'ada',
  name: 'Ada Lovelace',
  handle: 'ada',
  avatarUrl: 'https://example.org/a.png',
};

describe('identities', () => {
  it('tell number and epoch apart whatever they are', () => {
    const numbers = fc.stringMatching(/^\+[1-9][0-9]{6,14}$/);
    const epochs = fc.nat({ max: 0xffffffff });
    fc.assert(
      fc.property(numbers, epochs, numbers, epochs, (a, i, b, j) => {
        const same = toHex(encodeIdentity(a, i)) === toHex(encodeIdentity(b, j));
        expect(same).toBe(a === b && i === j);
      }),
    );
    expect(toHex(encodeIdentity('+1202555', 1))).toBe('082b3132303235353500000001');
  });

  it('take E.164 alone', () => {
    for (const bad of [
      '12025550123',
      '+0202555012',
      '+1 2025550123',
      '+123456',
      '+1234567890123456',
      '',
      '+١٢٣٤٥٦٧٨',
    ])
      expect(
        codeOf(() => encodeIdentity(bad, 1)),
        bad,
      ).toBe('number_invalid');
    for (const bad of [-1, 1.5, 2 ** 32, Number.NaN])
      expect(codeOf(() => encodeIdentity(ADA, bad))).toBe('epoch_invalid');
  });

  it('are ordered as bytes, a prefix first, and never equal', () => {
    expect(sideOf('+1202555', '+12025550')).toBe('low');
    expect(sideOf('+9999999', '+10000000')).toBe('high');
    expect(codeOf(() => sideOf(ADA, ADA))).toBe('identity_same');
  });
});

describe.each([
  ['fast', loadFastPairing],
  ['pure', loadPurePairing],
] as const)('meetings on the %s backend', (name, load) => {
  let pairing: Pairing;
  let secret: Uint8Array;
  const random = streamOf(`mutual ${name}`);
  const member = (number: string, epoch = EPOCH): ReadyMember =>
    readyMember(pairing, { ...issueKeys(pairing, secret, number, epoch), number, epoch });
  beforeAll(async () => {
    pairing = await load();
    secret = pairing.randomScalar(random);
  });

  it('give both members the same key, slot and each other’s card key', () => {
    const [ada, bob] = [member(ADA), member(BOB)];
    expect(toHex(pairKey(pairing, ada, BOB))).toBe(toHex(pairKey(pairing, bob, ADA)));
    const [atAda, atBob] = [meet(pairing, ada, BOB), meet(pairing, bob, ADA)];
    expect(toHex(atAda.slot)).toBe(toHex(atBob.slot));
    expect(toHex(atAda.sealKey)).toBe(toHex(atBob.openKey));
    expect(toHex(atAda.openKey)).toBe(toHex(atBob.sealKey));
    expect(openCard(atBob, sealCard(atAda, card, random))).toEqual(card);
    expect(openCard(atAda, sealCard(atBob, { id: 'b', name: 'Bob', handle: 'bob' }, random)).name).toBe(
      'Bob',
    );
  });

  it('are another meeting in another epoch, with another number, under another issuer', () => {
    const here = meet(pairing, member(ADA), BOB);
    const next = meet(pairing, member(ADA, EPOCH + 1), BOB);
    const eve = meet(pairing, member(EVE), BOB);
    const other = issueKeys(pairing, pairing.randomScalar(random), ADA, EPOCH);
    const foreign = meet(pairing, readyMember(pairing, { ...other, number: ADA, epoch: EPOCH }), BOB);
    const slots = [here, next, eve, foreign].map(({ slot }) => toHex(slot));
    expect(new Set(slots).size).toBe(4);
  });

  it('do not happen with keys of different epochs', () => {
    const early = meet(pairing, member(ADA, EPOCH), BOB);
    const late = meet(pairing, member(BOB, EPOCH + 1), ADA);
    expect(toHex(early.slot)).not.toBe(toHex(late.slot));
    expect(codeOf(() => openCard(late, sealCard(early, card, random)))).toBe('seal_broken');
  });

  it('refuse to meet oneself', () => {
    expect(codeOf(() => meet(pairing, member(ADA), ADA))).toBe('identity_same');
  });

  it('accept keys of the issuer and no others', () => {
    const issuer = publicKeysOf(pairing, secret);
    const keys = issueKeys(pairing, secret, ADA, EPOCH);
    expect(acceptKeys(pairing, issuer, keys, ADA, EPOCH).number).toBe(ADA);
    const elsewhere = issueKeys(pairing, pairing.randomScalar(random), ADA, EPOCH);
    for (const [wrong, number, epoch] of [
      [keys, BOB, EPOCH],
      [keys, ADA, EPOCH + 1],
      [elsewhere, ADA, EPOCH],
      [{ g1: keys.g1, g2: elsewhere.g2 }, ADA, EPOCH],
      [{ g1: elsewhere.g1, g2: keys.g2 }, ADA, EPOCH],
    ] as const) {
      expect(codeOf(() => acceptKeys(pairing, issuer, wrong, number, epoch))).toBe('member_key_invalid');
    }
  });
});

describe('what follows from a pair’s key', () => {
  const random = streamOf('derive');

  it('is bound to epoch and side', () => {
    const key = random(576);
    const all = ([1, 2] as const).flatMap((epoch) =>
      (['low', 'high'] as const).map((side) => deriveMeeting(key, epoch, side)),
    );
    const values = all.flatMap(({ sideTag, sealKey }) => [toHex(sideTag), toHex(sealKey)]);
    expect(new Set(values).size).toBe(8);
    expect(new Set(all.map(({ slot }) => toHex(slot))).size).toBe(2);
  });

  it('names the two sides by a first bit that is a coin of the pair', () => {
    const firstBits = Array.from({ length: 64 }, () => {
      const key = random(576);
      const [low, high] = [deriveMeeting(key, 7, 'low'), deriveMeeting(key, 7, 'high')];
      const bits = [low, high].map(({ sideTag }) => (sideTag[0] as number) >> 7);
      expect((bits[0] as number) + (bits[1] as number)).toBe(1);
      return bits[0] as number;
    });
    const ones = firstBits.reduce((sum, bit) => sum + bit, 0);
    expect(ones).toBeGreaterThan(16);
    expect(ones).toBeLessThan(48);
  });
});

describe('cards', () => {
  const random = streamOf('cards');
  const key = random(576);
  const [low, high] = [deriveMeeting(key, 7, 'low'), deriveMeeting(key, 7, 'high')];

  it('have one length whatever is in them', () => {
    for (const each of [
      card,
      { id: '', name: '', handle: '' },
      { id: 'i', name: '名前'.repeat(40), handle: 'h' },
    ]) {
      const sealed = sealCard(low, each, random);
      expect(sealed.length).toBe(SEALED_CARD_BYTES);
      expect(openCard(high, sealed)).toEqual(each);
    }
  });

  it('come back whole, whatever text they hold', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 });
    fc.assert(
      fc.property(fc.record({ id: text, name: text, handle: text }), (each) => {
        expect(openCard(high, sealCard(low, each, random))).toEqual(each);
      }),
      { numRuns: 30 },
    );
  });

  it('are refused when they do not fit', () => {
    const exact = { id: '', name: 'x'.repeat(475), handle: '' };
    expect(openCard(high, sealCard(low, exact, random))).toEqual(exact);
    expect(codeOf(() => sealCard(low, { ...exact, handle: 'y' }, random))).toBe('card_too_large');
  });

  it('do not open for their own writer, in another slot or epoch, or changed', () => {
    const sealed = sealCard(low, card, random);
    expect(codeOf(() => openCard(low, sealed))).toBe('seal_broken');
    expect(codeOf(() => openCard({ ...high, slot: random(16) }, sealed))).toBe('seal_broken');
    expect(codeOf(() => openCard({ ...high, epoch: 8 }, sealed))).toBe('seal_broken');
    expect(
      codeOf(() =>
        openCard(
          high,
          sealed.map((byte, i) => (i === 300 ? byte ^ 4 : byte)),
        ),
      ),
    ).toBe('seal_broken');
    expect(codeOf(() => openCard(high, sealed.subarray(1)))).toBe('length_wrong');
  });

  it('never repeat a nonce or a ciphertext', () => {
    expect(toHex(sealCard(low, card, random))).not.toBe(toHex(sealCard(low, card, random)));
  });
});
