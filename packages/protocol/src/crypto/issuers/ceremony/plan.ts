import { equalBytes, expectLength, type RandomBytes } from '../../bytes.ts';
import { CryptoError } from '../../errors.ts';
import { PAIRING_SCALAR_BYTES, type Pairing } from '../../pairing/pairing.ts';
import { expectWire, FrameReader, FrameWriter } from '../../wire/frame.ts';
import { ISSUERS_MAX } from '../sharing.ts';
import { CEREMONY_ID_BYTES, type Sender } from './messages.ts';

/** What all issuers agree on before they start. */
export interface CeremonyPlan {
  /** 16 random bytes, the name of this ceremony: nothing of another one is accepted. */
  ceremony: Uint8Array;
  /** How many issuers suffice, 1 to `issuers`. */
  threshold: number;
  /** How many there are, 1 to 255. */
  issuers: number;
}

/** What one issuer keeps to itself from the first round to the last. Secret. */
export interface CeremonyState extends CeremonyPlan {
  /** From 1. */
  index: number;
  /** Opens the shares sealed to this issuer; 32 bytes. */
  transportSecret: Uint8Array;
  /** The issuer's secret polynomial, the constant first; `threshold` scalars of 32 bytes. */
  coefficients: readonly Uint8Array[];
}

/** Draws the secrets of one issuer: (1 + threshold) * 48 random bytes. `issuers_invalid` for an impossible plan. */
export function drawState(
  pairing: Pairing,
  plan: CeremonyPlan,
  index: number,
  random: RandomBytes,
): CeremonyState {
  const { threshold, issuers } = plan;
  const possible = 1 <= threshold && threshold <= issuers && issuers <= ISSUERS_MAX;
  if (!possible || ![threshold, issuers, index].every(Number.isInteger) || index < 1 || index > issuers)
    throw new CryptoError('issuers_invalid');
  expectLength(plan.ceremony, CEREMONY_ID_BYTES);
  const transportSecret = pairing.randomScalar(random);
  const coefficients = Array.from({ length: threshold }, () => pairing.randomScalar(random));
  return { ...plan, index, transportSecret, coefficients };
}

/** The messages of a round in order, once each issuer (or each of `from`) has sent exactly one; else `ceremony_message_invalid`, naming who has not. */
export function expectRound<M extends Sender>(
  plan: CeremonyPlan,
  messages: readonly M[],
  from = Array.from({ length: plan.issuers }, (_, i) => i + 1),
): M[] {
  const foreign = messages.filter(
    ({ ceremony, index }) => !equalBytes(ceremony, plan.ceremony) || !from.includes(index),
  );
  const wrong = from.filter((index) => messages.filter((message) => message.index === index).length !== 1);
  if (foreign.length + wrong.length > 0)
    throw new CryptoError('ceremony_message_invalid', { issuers: wrong });
  return messages.toSorted((a, b) => a.index - b.index);
}

/*
 * The state between rounds, for a file that only its issuer can read
 * struct { uint8 version = 1; uint8 kind = 15; uint8 ceremony[16]; uint8 threshold; uint8 issuers; uint8 index;
 *          uint8 transportSecret[32]; uint8 coefficients[threshold][32]; }
 */
export function encodeState(state: CeremonyState): Uint8Array {
  const writer = new FrameWriter('ceremonyState')
    .bytes(expectLength(state.ceremony, CEREMONY_ID_BYTES))
    .uint(state.threshold, 1)
    .uint(state.issuers, 1)
    .uint(state.index, 1)
    .bytes(expectLength(state.transportSecret, PAIRING_SCALAR_BYTES));
  for (const coefficient of state.coefficients) writer.bytes(expectLength(coefficient, PAIRING_SCALAR_BYTES));
  return writer.finish();
}

export function decodeState(bytes: Uint8Array): CeremonyState {
  const reader = new FrameReader('ceremonyState', bytes);
  const ceremony = reader.bytes(CEREMONY_ID_BYTES);
  const [threshold, issuers, index] = [reader.uint(1), reader.uint(1), reader.uint(1)] as const;
  expectWire(1 <= threshold && threshold <= issuers && 1 <= index && index <= issuers);
  const transportSecret = reader.bytes(PAIRING_SCALAR_BYTES);
  const coefficients = Array.from({ length: threshold }, () => reader.bytes(PAIRING_SCALAR_BYTES));
  return reader.finish({ ceremony, threshold, issuers, index, transportSecret, coefficients });
}
