import { beforeAll, describe, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../bytes.ts';
import { CryptoError } from '../../errors.ts';
import { publicKeysOf } from '../../mutual/member-keys.ts';
import { loadFastPairing, loadPurePairing } from '../../pairing/load.ts';
import type { Pairing } from '../../pairing/pairing.ts';
import { codeOf, streamOf } from '../../random.testing.ts';
import { encodeIssuerSet, readIssuerSet } from '../issuer-set.ts';
import {
  decodeAnnouncement,
  decodeAnswer,
  decodeDealing,
  decodeVerdict,
  encodeAnnouncement,
  encodeAnswer,
  encodeDealing,
  encodeVerdict,
} from './messages.ts';
import { decodeState, encodeState } from './plan.ts';
import { announce, judge } from './rounds.ts';
import { runCeremony, type Tampering } from './run.testing.ts';

const plan = { threshold: 2, issuers: 3 };
const random = streamOf('ceremony');
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

function problemOf(run: () => unknown): { code: string; issuers: readonly number[] } {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptoError) return { code: error.code, issuers: error.issuers ?? [] };
    throw error;
  }
  return { code: 'nothing thrown', issuers: [] };
}

describe('a ceremony', () => {
  let pairing: Pairing;
  beforeAll(async () => {
    pairing = await loadFastPairing();
  });
  const outcome = (tampering: Tampering) => problemOf(() => runCeremony(pairing, plan, random, tampering));

  it('gives all the same public keys and each its share, on both backends', async () => {
    for (const [each, size] of [
      [pairing, plan],
      [await loadPurePairing(), { threshold: 2, issuers: 2 }],
    ] as const) {
      const results = runCeremony(each, size, random);
      expect(new Set(results.map(({ transcript }) => toHex(transcript))).size).toBe(1);
      const sets = results.map(({ issuers }) => toHex(encodeIssuerSet(issuers).serialize()));
      expect(new Set(sets).size).toBe(1);
      for (const { share, issuers } of results) {
        const own = publicKeysOf(each, share.secret);
        const listed = issuers.shares[share.index - 1];
        expect(toHex(own.g1.toBytes())).toBe(toHex(listed?.g1.toBytes() as Uint8Array));
        expect(toHex(own.g2.toBytes())).toBe(toHex(listed?.g2.toBytes() as Uint8Array));
      }
      expect(
        readIssuerSet(each, encodeIssuerSet((results[0] as (typeof results)[0]).issuers)).threshold,
      ).toBe(2);
    }
  });

  it('never ends twice with the same key', () => {
    const keys = [0, 1].map(() =>
      toHex(runCeremony(pairing, plan, random)[0]?.issuers.whole.g1.toBytes() as Uint8Array),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('works with one issuer, and where all are needed', () => {
    expect(runCeremony(pairing, { threshold: 1, issuers: 1 }, random).length).toBe(1);
    expect(runCeremony(pairing, { threshold: 3, issuers: 3 }, random).length).toBe(3);
  });

  it('names a dealer whose share to someone is bad and who cannot show a good one', () => {
    const bad: Tampering = {
      dealings: (all) =>
        all.map((dealing) =>
          dealing.index === 2
            ? {
                ...dealing,
                sealedShares: dealing.sealedShares.map((sealed, i) => (i === 2 ? flip(sealed, 20) : sealed)),
              }
            : dealing,
        ),
    };
    const silent = { ...bad, answers: () => [] };
    expect(outcome(silent)).toEqual({ code: 'ceremony_cheat', issuers: [2] });
    const lying: Tampering = {
      ...bad,
      answers: (all) =>
        all.map((each) => ({
          ...each,
          shares: each.shares.map((s) => ({ ...s, share: flip(s.share, 31) })),
        })),
    };
    expect(outcome(lying)).toEqual({ code: 'ceremony_cheat', issuers: [2] });
    // A dealer that shows the right share after all is believed, and everyone ends with working keys.
    const repaired = runCeremony(pairing, plan, random, bad);
    const third = repaired[2] as (typeof repaired)[2];
    const own = publicKeysOf(pairing, third.share.secret);
    expect(equalBytes(own.g1.toBytes(), third.issuers.shares[2]?.g1.toBytes() as Uint8Array)).toBe(true);
  });

  it('goes on when someone accuses without reason: only its own share becomes known', () => {
    const accusing: Tampering = {
      verdicts: (all) =>
        all.map((verdict) => (verdict.index === 1 ? { ...verdict, accused: [2, 3] } : verdict)),
    };
    expect(runCeremony(pairing, plan, random, accusing).length).toBe(3);
  });

  it('names a dealer that does not deal what it announced, or not the same in both groups', () => {
    const other = publicKeysOf(pairing, pairing.randomScalar(random));
    const points = { g1: other.g1.toBytes(), g2: other.g2.toBytes() };
    const swapped: Tampering = {
      dealings: (all) =>
        all.map((dealing) =>
          dealing.index === 3
            ? { ...dealing, coefficients: [points, ...dealing.coefficients.slice(1)] }
            : dealing,
        ),
    };
    expect(outcome(swapped)).toEqual({ code: 'ceremony_cheat', issuers: [3] });
  });

  it('names a dealer with too few coefficients or shares', () => {
    const short: Tampering = {
      dealings: (all) =>
        all.map((d) => (d.index === 1 ? { ...d, coefficients: d.coefficients.slice(1) } : d)),
    };
    expect(outcome(short)).toEqual({ code: 'ceremony_cheat', issuers: [1] });
    const few: Tampering = {
      dealings: (all) =>
        all.map((d) => (d.index === 1 ? { ...d, sealedShares: d.sealedShares.slice(1) } : d)),
    };
    expect(outcome(few)).toEqual({ code: 'ceremony_cheat', issuers: [1] });
  });

  it('does not let a dealer copy another’s commitment', () => {
    const copying: Tampering = {
      announcements: (all) =>
        all.map((each) =>
          each.index === 2 ? { ...each, commitment: (all[0] as (typeof all)[0]).commitment } : each,
        ),
      dealings: (all) =>
        all.map((each) =>
          each.index === 2 ? { ...each, coefficients: (all[0] as (typeof all)[0]).coefficients } : each,
        ),
    };
    expect(outcome(copying)).toEqual({ code: 'ceremony_cheat', issuers: [2] });
  });

  it('stops where messages are missing, doubled, of another ceremony, or not the same for all', () => {
    expect(outcome({ dealings: (all) => all.slice(1) })).toEqual({
      code: 'ceremony_message_invalid',
      issuers: [1],
    });
    expect(outcome({ announcements: (all) => [...all, all[2] as (typeof all)[2]] }).issuers).toEqual([3]);
    const foreign: Tampering = {
      verdicts: (all) => all.map((v) => (v.index === 2 ? { ...v, ceremony: random(16) } : v)),
    };
    expect(outcome(foreign).code).toBe('ceremony_message_invalid');
    const elsewhere: Tampering = {
      verdicts: (all) => all.map((v) => (v.index === 2 ? { ...v, transcript: random(32) } : v)),
    };
    expect(outcome(elsewhere)).toEqual({ code: 'ceremony_message_invalid', issuers: [2] });
    const nobody: Tampering = {
      verdicts: (all) => all.map((v) => (v.index === 3 ? { ...v, accused: [9] } : v)),
    };
    expect(outcome(nobody)).toEqual({ code: 'ceremony_message_invalid', issuers: [3] });
  });

  it('shows two issuers different transcripts when they were sent different dealings', () => {
    const two = { ...plan, ceremony: random(16) };
    const started = [1, 2, 3].map((index) => announce(pairing, two, index, random));
    const announcements = started.map(({ announcement }) => announcement);
    const dealings: Parameters<typeof judge>[3][] = [];
    runCeremony(pairing, plan, random, {
      dealings: (all) => {
        dealings.push(all);
        return all;
      },
    });
    expect(
      problemOf(() =>
        judge(pairing, (started[0] as (typeof started)[0]).state, announcements, dealings[0] ?? []),
      ).code,
    ).toBe('ceremony_message_invalid');
  });

  it('refuses impossible plans', () => {
    const ceremony = random(16);
    for (const [threshold, issuers, index] of [
      [0, 3, 1],
      [4, 3, 1],
      [2, 3, 4],
      [2, 3, 0],
      [2, 256, 1],
      [1.5, 3, 1],
    ] as const)
      expect(codeOf(() => announce(pairing, { ceremony, threshold, issuers }, index, random))).toBe(
        'issuers_invalid',
      );
  });

  it('writes and reads every message and the state between rounds', () => {
    const seen: { messages: Uint8Array[]; again: Uint8Array[] } = { messages: [], again: [] };
    const keep =
      <T>(encode: (message: T) => Uint8Array, decode: (bytes: Uint8Array) => T) =>
      (all: T[]): T[] => {
        const bytes = all.map(encode);
        seen.messages.push(...bytes);
        const decoded = bytes.map(decode);
        seen.again.push(...decoded.map(encode));
        return decoded;
      };
    const results = runCeremony(pairing, plan, random, {
      announcements: keep(encodeAnnouncement, decodeAnnouncement),
      dealings: keep(encodeDealing, decodeDealing),
      verdicts: (all) =>
        keep(encodeVerdict, decodeVerdict)(all.map((v) => (v.index === 1 ? { ...v, accused: [2, 3] } : v))),
      answers: keep(encodeAnswer, decodeAnswer),
    });
    expect(results.length).toBe(3);
    expect(seen.messages.length).toBe(3 + 3 + 3 + 2);
    expect(seen.again).toEqual(seen.messages);
    const { state } = announce(pairing, { ...plan, ceremony: random(16) }, 2, random);
    expect(decodeState(encodeState(state))).toEqual(state);
    for (const message of [...seen.messages, encodeState(state)])
      for (const decode of [decodeAnnouncement, decodeDealing, decodeVerdict, decodeAnswer, decodeState])
        expect(codeOf(() => decode(message.subarray(0, message.length - 1)))).toBe('wire_invalid');
  });
});
