import type { Me } from '@kith/protocol';
import { type MeetingCard, SEAL_OVERHEAD_BYTES, SEALED_CARD_BYTES, utf8 } from '@kith/protocol/crypto';

/** UTF-8 bytes that the four texts of a sealed card may take: a version byte and four lengths go off. */
const textBytesMax = SEALED_CARD_BYTES - SEAL_OVERHEAD_BYTES - 1 - 4 * 2;

/**
 * The member's own card as it goes into slots, cut down to what fits: first the picture goes, then the name and the handle
 * lose their ends. Whoever meets the member sees the whole card in the list of people; the id here says whose it is, so
 * it goes last, and then wholly.
 */
export function ownCard({ id, card }: Pick<Me, 'id' | 'card'>): MeetingCard {
  const bytes = (...texts: string[]) => texts.reduce((sum, text) => sum + utf8(text).length, 0);
  const { name, handle, avatarUrl } = card;
  if (avatarUrl !== undefined && bytes(id, name, handle, avatarUrl) <= textBytesMax)
    return { id, name, handle, avatarUrl };
  const shownId = bytes(id) <= textBytesMax ? id : '';
  const left = textBytesMax - bytes(shownId);
  const shownHandle = cut(handle, left);
  return { id: shownId, name: cut(name, left - bytes(shownHandle)), handle: shownHandle };
}

/** As many characters of the beginning as fit. */
function cut(text: string, bytesMax: number): string {
  let left = bytesMax;
  let kept = '';
  for (const character of text) {
    left -= utf8(character).length;
    if (left < 0) break;
    kept += character;
  }
  return kept;
}
