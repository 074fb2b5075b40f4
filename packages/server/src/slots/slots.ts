import type { CanonicalNumber } from '@kith/protocol';
import type { Keyring } from '../keys/keyring.ts';
import type { SlotWrite } from './store.ts';

/** Which side of a slot a member writes: the smaller number's, or the larger's. */
export type Side = 'low' | 'high';

export interface PlainSlot {
  slot: Buffer;
  side: Side;
}

/** The slot of a contact as it is kept with it, and the same pair's slot in the epoch to come. */
export interface KeptSlot {
  slot: Buffer;
  slotNext: Buffer | null;
  low: boolean;
  epoch: number;
}

/** The sides to write for kept slots; those of epochs that are over are not worth it. */
export function sidesOf(kept: readonly KeptSlot[], currentEpoch: number): SlotWrite[] {
  return kept
    .flatMap(({ slot, slotNext, low, epoch }): SlotWrite[] => {
      const side = low ? 'low' : 'high';
      return slotNext
        ? [
            { slot, side, epoch },
            { slot: slotNext, side, epoch: epoch + 1 },
          ]
        : [{ slot, side, epoch }];
    })
    .filter(({ epoch }) => epoch >= currentEpoch);
}

/**
 * Where the owners of two numbers meet in an epoch: HMAC-SHA-256(slot key, min || max || epoch), 16 bytes.
 * Numbers begin with '+' and hold no other, so the concatenation is unambiguous.
 */
export function plainSlot(keyring: Keyring, own: string, other: CanonicalNumber, epoch: number): PlainSlot {
  const side: Side = own < other ? 'low' : 'high';
  const pair = side === 'low' ? own + other : other + own;
  return { slot: keyring.tag('slot', `${pair}@${epoch}`), side };
}
