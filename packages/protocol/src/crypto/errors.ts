/** What can be wrong with bytes or with the party that sent them; callers branch on these. */
export const cryptoErrors = {
  length_wrong: 'The bytes do not have the one length allowed here',
  element_invalid: 'Not the canonical encoding of a group element other than the identity',
  scalar_invalid: 'Not the canonical encoding of a scalar between 1 and the order less 1',
  point_invalid: 'Not the canonical encoding of a point of the prime-order subgroup other than the identity',
  backend_mismatch: 'A point made by one backend was given to another',
  input_too_long: 'The input is longer than the protocol can encode',
  batch_size: 'A batch holds at least one and at most 65,535 elements',
  proof_invalid: 'The proof does not show that the published key was used',
  key_underivable: 'No key can be derived from this seed',
  number_invalid: 'A number is a plus sign and 7 to 15 digits, the first of them not 0',
  epoch_invalid: 'An epoch or day is an integer from 0 to 2^32 - 1',
  identity_same: 'The two numbers are the same',
  member_key_invalid: 'The member key was not made by the issuers for this number and epoch',
  card_too_large: 'The card does not fit its fixed length',
  seal_broken: 'The sealed bytes do not open: another key, another place, or changed bytes',
  ticket_forged: 'The ticket was not made with this key',
  ticket_expired: 'The ticket is of a day that is no longer honoured',
  wire_invalid: 'The message does not have the documented layout',
  issuers_invalid: 'The set of issuers is not one that a ceremony can have made',
  issuers_too_few: 'Fewer good answers than the threshold asks for',
  ceremony_message_invalid: 'A message of the ceremony is missing, repeated, or of another ceremony',
  ceremony_cheat: 'An issuer broke the rules of the ceremony',
} as const satisfies Record<string, string>;

/** A stable code of the table above. */
export type CryptoErrorCode = keyof typeof cryptoErrors;

/** What a caller may need besides the code; never secrets, never numbers. */
export interface CryptoErrorExtras {
  /** Position in the batch, from 0. */
  at?: number;
  /** Issuers at fault, by their index from 1. */
  issuers?: readonly number[];
}

/** Thrown by everything in this folder. */
export class CryptoError extends Error {
  override readonly name = 'CryptoError';
  readonly code: CryptoErrorCode;
  readonly at?: number;
  readonly issuers?: readonly number[];

  constructor(code: CryptoErrorCode, extras: CryptoErrorExtras = {}) {
    super(cryptoErrors[code]);
    this.code = code;
    if (extras.at !== undefined) this.at = extras.at;
    if (extras.issuers !== undefined) this.issuers = extras.issuers;
  }
}
