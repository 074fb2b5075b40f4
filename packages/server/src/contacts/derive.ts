import type { CanonicalNumber } from '@kith/protocol';
import { inSlices } from '../in-slices.ts';
import { type Keyring, tagBytes } from '../keys/keyring.ts';
import { type PlainSlot, plainSlot } from '../slots/slots.ts';

/** A number of a member's book with its tags; the number itself ends with the request. */
export interface Contact {
  number: CanonicalNumber;
  /** Of one member's own: two books that hold the same number have nothing in common at rest. */
  tag: Buffer;
  /** By which the directory knows the number. */
  lookupTag: Buffer;
}

/** A contact whose meeting places are worked out, where the member has a number of its own. */
export interface Placed extends Contact {
  slot?: PlainSlot;
  slotNext?: PlainSlot;
}

/** Tags of a book's numbers: one HMAC each, and one pass of a block cipher over them all. */
export async function tagContacts(
  keyring: Keyring,
  memberId: string,
  numbers: readonly CanonicalNumber[],
): Promise<Contact[]> {
  const lookupTags = await inSlices(numbers, (slice) =>
    slice.map((number) => keyring.tag('directory', number)),
  );
  const tags = keyring.memberTags(memberId, Buffer.concat(lookupTags));
  return numbers.map((number, at) => ({
    number,
    tag: tags.subarray(at * tagBytes, (at + 1) * tagBytes),
    lookupTag: lookupTags[at]!,
  }));
}

/** Where contacts meet the owner of `own`; only those that are about to be written need it. */
export async function placeContacts(
  keyring: Keyring,
  own: string | null,
  contacts: readonly Contact[],
  epochs: { current: number; next?: number },
): Promise<Placed[]> {
  if (own === null) return [...contacts];
  const { current, next } = epochs;
  const place = (contact: Contact): Placed => ({
    ...contact,
    slot: plainSlot(keyring, own, contact.number, current),
    ...(next !== undefined && { slotNext: plainSlot(keyring, own, contact.number, next) }),
  });
  return inSlices(contacts, (slice) => slice.map(place));
}
