import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import type { Group } from '../group/group.ts';
import { loadFastGroup } from '../group/load.ts';
import { codeOf, streamOf } from '../random.testing.ts';
import { generateVoprfKeys } from '../voprf/keys.ts';
import { blind, evaluate, evaluateBatch, finalize } from '../voprf/voprf.ts';
import { Bucket } from '../wire/bucket.ts';
import { buildBucket, findHint } from './bucket.ts';
import { bucketOf, deriveDayKeys, deriveOpenKeys, HINT_BYTES, openInput } from './open-keys.ts';
import { openTicket, SEALED_TICKET_BYTES, sealTicket } from './sealed-ticket.ts';
import { mintTicket, readTicket, TICKET_BYTES } from './ticket.ts';

const DAY = 20_779;
const random = streamOf('open');

describe('tickets', () => {
  const key = random(32);
  const handle = random(16);
  const today = { oldestDay: DAY, newestDay: DAY };

  it('name the member to the holder of the key, on their day', () => {
    const ticket = mintTicket(key, handle, DAY);
    expect(ticket.length).toBe(TICKET_BYTES);
    expect(toHex(readTicket(key, ticket, today))).toBe(toHex(handle));
    expect(toHex(mintTicket(key, handle, DAY))).toBe(toHex(ticket));
  });

  it('of yesterday or tomorrow are refused, unless the server still honours them', () => {
    for (const day of [DAY - 1, DAY + 1])
      expect(codeOf(() => readTicket(key, mintTicket(key, handle, day), today))).toBe('ticket_expired');
    const late = mintTicket(key, handle, DAY - 1);
    expect(toHex(readTicket(key, late, { oldestDay: DAY - 1, newestDay: DAY }))).toBe(toHex(handle));
  });

  it('cannot be forged, changed, redated or read without the key', () => {
    const ticket = mintTicket(key, handle, DAY);
    for (let i = 0; i < TICKET_BYTES; i++) {
      const changed = ticket.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(codeOf(() => readTicket(key, changed, { oldestDay: 0, newestDay: 0xffffffff }))).toBe(
        'ticket_forged',
      );
    }
    expect(codeOf(() => readTicket(random(32), ticket, today))).toBe('ticket_forged');
    expect(codeOf(() => readTicket(key, random(TICKET_BYTES), today))).toBe('ticket_forged');
    expect(codeOf(() => readTicket(key, ticket.subarray(1), today))).toBe('length_wrong');
    expect(toHex(ticket)).not.toContain(toHex(handle).slice(0, 8));
  });

  it('of one member on two days share nothing but that', () => {
    const [a, b] = [mintTicket(key, handle, DAY), mintTicket(key, handle, DAY + 1)];
    const equalBytes = a.subarray(4).filter((byte, i) => byte === b[4 + i]).length;
    expect(equalBytes).toBeLessThan(6);
  });
});

describe('sealed tickets', () => {
  const output = random(64);
  const keys = deriveDayKeys(deriveOpenKeys(output, 1).secret, DAY);
  const ticket = mintTicket(random(32), random(16), DAY);

  it('open for whoever knows F(number), on that day and under that key version', () => {
    const sealed = sealTicket(keys.sealingKey, ticket);
    expect(sealed.length).toBe(SEALED_TICKET_BYTES);
    expect(toHex(openTicket(keys.sealingKey, sealed))).toBe(toHex(ticket));
    expect(toHex(sealTicket(keys.sealingKey, ticket))).toBe(toHex(sealed));
    for (const [other, version, day] of [
      [random(64), 1, DAY],
      [output, 2, DAY],
      [output, 1, DAY + 1],
    ] as const) {
      const wrong = deriveDayKeys(deriveOpenKeys(other, version).secret, day);
      expect(codeOf(() => openTicket(wrong.sealingKey, sealed))).toBe('seal_broken');
      expect(toHex(wrong.hint)).not.toBe(toHex(keys.hint));
    }
  });

  it('take another nonce for another ticket', () => {
    const other = mintTicket(random(32), random(16), DAY);
    const nonces = [ticket, other].map((each) => toHex(sealTicket(keys.sealingKey, each)).slice(0, 24));
    expect(nonces[0]).not.toBe(nonces[1]);
  });
});

describe('prefixes', () => {
  it('are the first bits of the tag', () => {
    const tag = new Uint8Array(16);
    tag.set([0xab, 0xcd, 0xef, 0x12]);
    expect([0, 1, 4, 12, 16, 24].map((bits) => bucketOf(tag, bits))).toEqual([
      0, 1, 0xa, 0xabc, 0xabcd, 0xabcdef,
    ]);
    expect(codeOf(() => bucketOf(tag, 25))).toBe('wire_invalid');
    expect(codeOf(() => bucketOf(tag, -1))).toBe('wire_invalid');
  });
});

describe('buckets', () => {
  let group: Group;
  const header = { keyVersion: 1, day: DAY, prefixBits: 0, prefix: 0 };
  beforeAll(async () => {
    group = await loadFastGroup();
  });
  const entryOf = (output: Uint8Array, ticketKey: Uint8Array, handle: Uint8Array) => {
    const { hint, sealingKey } = deriveDayKeys(deriveOpenKeys(output, 1).secret, DAY);
    return { hint, sealedTicket: sealTicket(sealingKey, mintTicket(ticketKey, handle, DAY)) };
  };

  it('let a client find whom it asked for and nobody else, from number to handle', () => {
    const keys = generateVoprfKeys(group, random);
    const ticketKey = random(32);
    const members = ['+12025550123', '+12025550124', '+442079460000'].map((number) => ({
      number,
      handle: random(16),
    }));
    const entries = members.map(({ number, handle }) =>
      entryOf(evaluate(group, keys.secretKey, openInput(number)), ticketKey, handle),
    );
    const bucket = Bucket.deserialize(buildBucket(header, entries, 16, random).serialize());
    const contacts = ['+12025550124', '+33612345678'];
    const state = blind(group, contacts.map(openInput), random);
    const outputs = finalize(
      group,
      keys.publicKey,
      state,
      evaluateBatch(group, keys, state.elements, random),
    );
    const [hit, miss] = outputs.map((output) => {
      const day = deriveDayKeys(deriveOpenKeys(output, 1).secret, DAY);
      return { day, found: findHint(bucket.hints, day.hint) };
    });
    expect(miss?.found).toEqual([]);
    expect(hit?.found.length).toBe(1);
    const sealed = bucket.sealedTicketAt(hit?.found[0] as number);
    const ticket = openTicket(hit?.day.sealingKey as Uint8Array, sealed);
    expect(toHex(readTicket(ticketKey, ticket, { oldestDay: DAY, newestDay: DAY }))).toBe(
      toHex(members[1]?.handle as Uint8Array),
    );
  });

  it('hold a multiple of entries, sorted, at least one multiple', () => {
    for (const [count, size] of [
      [0, 8],
      [1, 8],
      [8, 8],
      [9, 16],
    ]) {
      const entries = Array.from({ length: count as number }, () =>
        entryOf(random(64), random(32), random(16)),
      );
      const bucket = buildBucket(header, entries, 8, random);
      expect(bucket.hints.length).toBe(HINT_BYTES * (size as number));
      expect(Bucket.deserialize(bucket.serialize()).serialize()).toEqual(bucket.serialize());
      for (const { hint, sealedTicket } of entries)
        expect(findHint(bucket.hints, hint).map((i) => toHex(bucket.sealedTicketAt(i)))).toContain(
          toHex(sealedTicket),
        );
    }
  });

  it('are the same bytes for the same entries and randomness, in whatever order they come', () => {
    const entries = Array.from({ length: 5 }, () => entryOf(random(64), random(32), random(16)));
    const once = buildBucket(header, entries, 8, streamOf('fill')).serialize();
    expect(buildBucket(header, entries.toReversed(), 8, streamOf('fill')).serialize()).toEqual(once);
  });

  it('find every entry where hints collide', () => {
    const hint = random(HINT_BYTES);
    const entries = Array.from({ length: 3 }, () => ({ hint, sealedTicket: random(SEALED_TICKET_BYTES) }));
    const bucket = buildBucket(header, [...entries, entryOf(random(64), random(32), random(16))], 4, random);
    expect(findHint(bucket.hints, hint).length).toBe(3);
  });
});
