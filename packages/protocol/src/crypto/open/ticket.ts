import { concatBytes, equalBytes, expectLength } from '../bytes.ts';
import { CryptoError } from '../errors.ts';
import { epochBytes } from '../integers.ts';
import { authenticate, context, expandKey } from '../kdf.ts';

/*
 * A ticket names a member to the server alone: struct { uint32 day; uint8 mac[16]; uint8 covered[16]; } where
 *   mac     = HMAC-SHA-256(mac key, "Kith-v1 ticket" 00 day handle), cut to 16 bytes
 *   covered = handle XOR HMAC-SHA-256(cover key, "Kith-v1 ticket" 00 day mac), cut to 16 bytes
 * That is SIV (Rogaway and Shrimpton, 2006) with HMAC for both parts: the same member has the same ticket all day, and
 * no two days' tickets can be told to be of one member.
 */

/** Bytes of a member's handle: an opaque id that the server gives each member. */
export const HANDLE_BYTES = 16;
/** Bytes of a ticket. */
export const TICKET_BYTES = 36;
const MAC_BYTES = 16;

/** The ticket of a member for a day, under a secret key of 32 bytes that only the server has. */
export function mintTicket(key: Uint8Array, handle: Uint8Array, day: number): Uint8Array {
  const mac = ticketMac(key, expectLength(handle, HANDLE_BYTES), epochBytes(day));
  return concatBytes(epochBytes(day), mac, cover(key, epochBytes(day), mac, handle));
}

/**
 * The handle in a ticket. `ticket_forged` if it was not minted with this key, `ticket_expired` if its day is before
 * `oldestDay` or after `newestDay`, which only the clock of another server can have caused.
 */
export function readTicket(
  key: Uint8Array,
  ticket: Uint8Array,
  days: { oldestDay: number; newestDay: number },
): Uint8Array {
  expectLength(ticket, TICKET_BYTES);
  const [dayBytes, mac] = [ticket.subarray(0, 4), ticket.subarray(4, 4 + MAC_BYTES)];
  const handle = cover(key, dayBytes, mac, ticket.subarray(4 + MAC_BYTES));
  if (!equalBytes(mac, ticketMac(key, handle, dayBytes))) throw new CryptoError('ticket_forged');
  const day = dayBytes.reduce((value, byte) => value * 256 + byte, 0);
  if (day < days.oldestDay || day > days.newestDay) throw new CryptoError('ticket_expired');
  return handle;
}

function ticketMac(key: Uint8Array, handle: Uint8Array, day: Uint8Array): Uint8Array {
  const macKey = expandKey(expectLength(key, 32), context('ticket mac key'), 32);
  return authenticate(macKey, context('ticket', day, handle)).subarray(0, MAC_BYTES);
}

function cover(key: Uint8Array, day: Uint8Array, mac: Uint8Array, handle: Uint8Array): Uint8Array {
  const coverKey = expandKey(expectLength(key, 32), context('ticket cover key'), 32);
  const pad = authenticate(coverKey, context('ticket', day, mac));
  return handle.map((byte, i) => byte ^ (pad[i] as number));
}
