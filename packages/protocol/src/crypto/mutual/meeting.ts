import { uintBytes } from '../bytes.ts';
import { epochBytes } from '../integers.ts';
import { context, expandKey, extractKey } from '../kdf.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { hashIdentityToG1, hashIdentityToG2, type Side, sideOf } from './identity.ts';
import type { ReadyMember } from './member-keys.ts';

/*
 * Identity-based non-interactive key exchange: Sakai, Ohgishi and Kasahara, 2000, in the asymmetric setting, with epochs
 * in the identities as Arke uses it (Mohnblatt et al., "Arke", 2023). Both members of a pair get
 *   k = e(H1(low), H2(high))^s: the lower by e(d1, H2(other)), the higher by e(H1(other), d2).
 */

export const SLOT_BYTES = 16;
export const SIDE_TAG_BYTES = 16;

/** What one member knows of its meeting with another number in an epoch. */
export interface Meeting {
  /** Names the meeting to the server; 16 bytes, the same for both. */
  slot: Uint8Array;
  /**
   * Names one's own side of it; 16 bytes. The first bit of the two sides' tags always differs, and a coin known
   * to the pair alone says whose is 0: the server can tell the sides apart but not whose number is the lower.
   */
  sideTag: Uint8Array;
  /** Seals one's own card; 32 bytes. */
  sealKey: Uint8Array;
  /** Opens the other's card; 32 bytes. */
  openKey: Uint8Array;
  epoch: number;
}

/** The 576 bytes of k; `number_invalid`, `identity_same`. */
export function pairKey(pairing: Pairing, own: ReadyMember, other: string): Uint8Array {
  const { number, epoch, g1 } = own.keys;
  return sideOf(number, other) === 'low'
    ? pairing.pair(g1, hashIdentityToG2(pairing, other, epoch))
    : pairing.pairPrepared(hashIdentityToG1(pairing, other, epoch), own.preparedG2());
}

/** Everything about the meeting of `own` with another number in the epoch of its keys. */
export function meet(pairing: Pairing, own: ReadyMember, other: string): Meeting {
  const side = sideOf(own.keys.number, other);
  return deriveMeeting(pairKey(pairing, own, other), own.keys.epoch, side);
}

/** Slot, tags and keys from the 576 bytes of k, by HKDF-SHA-256 with the epoch and the side in `info`. */
export function deriveMeeting(key: Uint8Array, epoch: number, side: Side): Meeting {
  const root = extractKey('mutual', key);
  const shared = expandKey(root, context('mutual slot', epochBytes(epoch)), SLOT_BYTES + 1);
  const [low, high] = (['low', 'high'] as const).map((each) => sideKeys(root, epoch, each)) as [
    SideKeys,
    SideKeys,
  ];
  const coin = (shared[SLOT_BYTES] as number) & 1;
  const [mine, theirs] = side === 'low' ? [low, high] : [high, low];
  return {
    slot: shared.subarray(0, SLOT_BYTES),
    sideTag: withFirstBit(mine.tag, side === 'low' ? coin : 1 - coin),
    sealKey: mine.cardKey,
    openKey: theirs.cardKey,
    epoch,
  };
}

interface SideKeys {
  tag: Uint8Array;
  cardKey: Uint8Array;
}

function sideKeys(root: Uint8Array, epoch: number, side: Side): SideKeys {
  const info = context('mutual side', epochBytes(epoch), uintBytes(side === 'low' ? 0 : 1, 1));
  const block = expandKey(root, info, SIDE_TAG_BYTES + 32);
  return { tag: block.subarray(0, SIDE_TAG_BYTES), cardKey: block.subarray(SIDE_TAG_BYTES) };
}

function withFirstBit(tag: Uint8Array, bit: number): Uint8Array {
  const marked = tag.slice();
  marked[0] = ((tag[0] as number) & 0x7f) | (bit << 7);
  return marked;
}
