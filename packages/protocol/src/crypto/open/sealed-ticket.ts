import { NONCE_BYTES, open, SEAL_OVERHEAD_BYTES, seal } from '../aead.ts';
import { expectLength } from '../bytes.ts';
import { context, expandKey } from '../kdf.ts';
import { TICKET_BYTES } from './ticket.ts';

/** Bytes of a ticket sealed to whoever knows F(number): nonce, ciphertext, tag. */
export const SEALED_TICKET_BYTES = TICKET_BYTES + SEAL_OVERHEAD_BYTES;

/**
 * Seals a ticket under the sealing key of its number and day. The nonce is derived from the ticket: the same ticket
 * gives the same bytes, so that a bucket stays as it is all day, and another ticket another nonce.
 */
export function sealTicket(sealingKey: Uint8Array, ticket: Uint8Array): Uint8Array {
  const nonce = expandKey(
    sealingKey,
    context('ticket nonce', expectLength(ticket, TICKET_BYTES)),
    NONCE_BYTES,
  );
  return seal(sealingKey, nonce, ticket, context('sealed ticket'));
}

/** The ticket, 36 bytes; `seal_broken` if the entry is not of this number and day, or filler. */
export function openTicket(sealingKey: Uint8Array, sealed: Uint8Array): Uint8Array {
  return open(sealingKey, expectLength(sealed, SEALED_TICKET_BYTES), context('sealed ticket'));
}
