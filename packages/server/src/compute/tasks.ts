import { randomBytes } from 'node:crypto';
import {
  answerKeyRequest,
  type BucketHeader,
  buildBucket,
  CryptoError,
  deriveDayKeys,
  deriveOpenKeys,
  ELEMENT_BYTES,
  evaluate,
  type Group,
  generateProof,
  itemAt,
  loadFastGroup,
  loadFastPairing,
  mintTicket,
  openInput,
  type Pairing,
  sealTicket,
} from '@kith/protocol/crypto';

/** Arithmetic that would hold up the event loop, as messages to a thread. */
export interface Tasks {
  /** Decodes packed elements strictly; throws `element_invalid` with the position. */
  check: { given: { elements: Uint8Array }; result: Uint8Array };
  /** Packed elements times a secret scalar: a part of a batch. */
  multiply: { given: { elements: Uint8Array; secretKey: Uint8Array }; result: Uint8Array };
  /** The proof over a whole batch. */
  prove: {
    given: { publicKey: Uint8Array; blinded: Uint8Array; evaluated: Uint8Array; secretKey: Uint8Array };
    result: Uint8Array;
  };
  /** A member's keys from one issuer's share, as the answer that goes out. */
  issue: { given: { secret: Uint8Array; index: number; number: string; epoch: number }; result: Uint8Array };
  /** Tags (16 bytes) and secrets (32 bytes) of open members' numbers, alternating. */
  openKeys: { given: { numbers: string[]; keyVersion: number; secretKey: Uint8Array }; result: Uint8Array };
  /** A whole bucket of a day, as the message that goes out. */
  bucket: {
    given: {
      header: BucketHeader;
      entries: { secret: Uint8Array; handle: Uint8Array }[];
      ticketKey: Uint8Array;
    };
    result: Uint8Array;
  };
}

export type TaskName = keyof Tasks;

/** Buckets are filled up to a multiple of this, so that their length says little of how many are in them. */
const padTo = 64;

let group: Promise<Group> | undefined;
let pairing: Promise<Pairing> | undefined;

/** What a thread does; backends are loaded by the first task that needs them. */
export const tasks: { [Name in TaskName]: (given: Tasks[Name]['given']) => Promise<Tasks[Name]['result']> } =
  {
    check: async ({ elements }) => checkElements(await theGroup(), elements),
    multiply: async ({ elements, secretKey }) => (await theGroup()).multiply(elements, secretKey),
    prove: async ({ secretKey, ...statement }) =>
      generateProof(await theGroup(), statement, secretKey, randomBytes),
    issue: async ({ secret, index, number, epoch }) =>
      answerKeyRequest(await thePairing(), { index, secret }, { number, epoch }).serialize(),
    openKeys: async ({ numbers, keyVersion, secretKey }) => {
      const using = await theGroup();
      const keys = numbers.map((number) =>
        deriveOpenKeys(evaluate(using, secretKey, openInput(number)), keyVersion),
      );
      return Buffer.concat(keys.flatMap(({ tag, secret }) => [tag, secret]));
    },
    bucket: async ({ header, entries, ticketKey }) => {
      const sealed = entries.map(({ secret, handle }) => {
        const { hint, sealingKey } = deriveDayKeys(secret, header.day);
        return { hint, sealedTicket: sealTicket(sealingKey, mintTicket(ticketKey, handle, header.day)) };
      });
      return buildBucket(header, sealed, padTo, randomBytes).serialize();
    },
  };

/** RFC 9497 3.3: what does not decode, or is the identity, MUST be refused. */
function checkElements(using: Group, elements: Uint8Array): Uint8Array {
  const count = elements.length / ELEMENT_BYTES;
  for (let at = 0; at < count; at += 1) {
    if (!using.isElement(itemAt(elements, at, ELEMENT_BYTES)))
      throw new CryptoError('element_invalid', { at });
  }
  return new Uint8Array();
}

function theGroup(): Promise<Group> {
  group ??= loadFastGroup();
  return group;
}

function thePairing(): Promise<Pairing> {
  pairing ??= loadFastPairing();
  return pairing;
}
