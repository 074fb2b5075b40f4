import type { CanonicalNumber } from '@kith/protocol';
import type { Keyring } from '../keys/keyring.ts';

/** Which side of a slot a member writes: the smaller number's, or the larger's. */
export type Side = 'low' | 'high';

export interface PlainSlot {
  slot: Buffer;
  side: Side;
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
