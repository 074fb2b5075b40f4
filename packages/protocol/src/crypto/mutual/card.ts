import { NONCE_BYTES, open, SEAL_OVERHEAD_BYTES, seal } from '../aead.ts';
import { concatBytes, expectLength, type RandomBytes, uintBytes, utf8 } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { epochBytes } from '../integers.ts';
import { context } from '../kdf.ts';
import type { Meeting } from './meeting.ts';

/** Bytes of a sealed card, whatever is in it. */
export const SEALED_CARD_BYTES = 512;
const PLAIN_BYTES = SEALED_CARD_BYTES - SEAL_OVERHEAD_BYTES;

/** What a member shows whom it meets. All of it is the member's own word: only its number is vouched for. */
export interface MeetingCard {
  id: string;
  name: string;
  handle: string;
  /** Left out when empty. */
  avatarUrl?: string;
}

/*
 * struct { uint8 version = 1; field id, name, handle, avatarUrl; uint8 zeros[...]; } filled up to 484 bytes, with
 * field = struct { uint16 length; uint8 utf8[length]; }.
 */

/** 512 bytes; `card_too_large` where the four texts take more than 475 bytes of UTF-8. 12 random bytes are drawn. */
export function sealCard(meeting: Meeting, card: MeetingCard, random: RandomBytes): Uint8Array {
  const fields = [card.id, card.name, card.handle, card.avatarUrl ?? ''].map(utf8);
  const packed = concatBytes(uintBytes(1, 1), ...fields.flatMap((text) => [uintBytes(text.length, 2), text]));
  if (packed.length > PLAIN_BYTES) throw new CryptoError('card_too_large');
  const plain = new Uint8Array(PLAIN_BYTES);
  plain.set(packed);
  return seal(meeting.sealKey, expectLength(random(NONCE_BYTES), NONCE_BYTES), plain, placeOf(meeting));
}

/** The card that the other side sealed; `seal_broken` if it is not of this meeting, epoch and side, or not a card. */
export function openCard(meeting: Meeting, sealed: Uint8Array): MeetingCard {
  const plain = open(meeting.openKey, expectLength(sealed, SEALED_CARD_BYTES), placeOf(meeting));
  const fields: string[] = [];
  let at = 1;
  for (let i = 0; i < 4; i++) {
    if (at + 2 > PLAIN_BYTES) throw new CryptoError('seal_broken');
    const length = ((plain[at] as number) << 8) | (plain[at + 1] as number);
    fields.push(readText(plain.subarray(at + 2, at + 2 + length), length));
    at += 2 + length;
  }
  if (plain[0] !== 1 || plain.subarray(at).some((byte) => byte !== 0)) throw new CryptoError('seal_broken');
  const [id, name, handle, avatarUrl] = fields as [string, string, string, string];
  return avatarUrl === '' ? { id, name, handle } : { id, name, handle, avatarUrl };
}

/** Where the card belongs: authenticated with it, so that it opens nowhere else. */
function placeOf(meeting: Meeting): Uint8Array {
  return context('card', epochBytes(meeting.epoch), meeting.slot);
}

function readText(bytes: Uint8Array, length: number): string {
  if (bytes.length !== length) throw new CryptoError('seal_broken');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CryptoError('seal_broken');
  }
}
