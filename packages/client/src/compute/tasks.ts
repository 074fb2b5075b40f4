import {
  blind,
  combineAnswers,
  concatBytes,
  deriveOpenKeys,
  finalize,
  G1_BYTES,
  type Group,
  IssuerSetMessage,
  itemAt,
  MemberKeysAnswer,
  meet,
  openInput,
  type Pairing,
  type ReadyMember,
  readIssuerSet,
  readyMember,
} from '@kith/protocol/crypto';
import { type Backend, loadGroup, loadPairing } from './backends.ts';

/** The arithmetic of the private way, as messages to a thread: everything is bytes, text and numbers. */
export interface Tasks {
  /** Checks the issuers' answers and puts the member's keys together: d1 || d2, and issuers at fault. */
  keys: {
    given: { issuers: Uint8Array; answers: Uint8Array[]; number: string; epoch: number };
    result: { keys: Uint8Array; liars: number[] };
  };
  /** Meetings with other numbers, `MEETING_BYTES` each: slot, side tag, seal key, open key. */
  meet: {
    given: { keys: Uint8Array; number: string; epoch: number; others: string[] };
    result: Uint8Array;
  };
  /** Blinded numbers: 32 bytes of blind and of element each. */
  blind: { given: { numbers: string[] }; result: { blinds: Uint8Array; elements: Uint8Array } };
  /** Checks an evaluation and unblinds it, `OUTPUT_KEYS_BYTES` each: tag and secret. */
  finalize: {
    given: {
      publicKey: Uint8Array;
      keyVersion: number;
      numbers: string[];
      blinds: Uint8Array;
      elements: Uint8Array;
      evaluated: Uint8Array;
      proof: Uint8Array;
    };
    result: Uint8Array;
  };
}

export type TaskName = keyof Tasks;

/** Does the tasks, one after the other, on backends loaded when first needed. */
export class Arithmetic {
  readonly #group: () => Promise<Group>;
  readonly #pairing: () => Promise<Pairing>;
  /** The keys of the last `meet`: batches of one run all have the same. */
  #own: { keys: Uint8Array; number: string; epoch: number; ready: ReadyMember } | undefined;

  constructor(backend: Backend) {
    this.#group = once(() => loadGroup(backend));
    this.#pairing = once(() => loadPairing(backend));
  }

  readonly tasks: { [Name in TaskName]: (given: Tasks[Name]['given']) => Promise<Tasks[Name]['result']> } = {
    keys: async ({ issuers, answers, ...request }) => {
      const pairing = await this.#pairing();
      const set = readIssuerSet(pairing, IssuerSetMessage.deserialize(issuers));
      const messages = answers.map((answer) => MemberKeysAnswer.deserialize(answer));
      const { keys, liars } = combineAnswers(pairing, set, request, messages);
      return { keys: concatBytes(keys.g1.toBytes(), keys.g2.toBytes()), liars: [...liars] };
    },
    meet: async ({ others, ...own }) => {
      const pairing = await this.#pairing();
      const ready = this.#ready(pairing, own);
      const meetings = others.map((other) => meet(pairing, ready, other));
      return concatBytes(
        ...meetings.flatMap(({ slot, sideTag, sealKey, openKey }) => [slot, sideTag, sealKey, openKey]),
      );
    },
    blind: async ({ numbers }) => {
      const { blinds, elements } = blind(await this.#group(), numbers.map(openInput), randomBytes);
      return { blinds, elements };
    },
    finalize: async ({ publicKey, keyVersion, numbers, blinds, elements, evaluated, proof }) => {
      const state = { inputs: numbers.map(openInput), blinds, elements };
      const evaluation = { elements: evaluated, proof };
      const outputs = finalize(await this.#group(), publicKey, state, evaluation);
      const keys = outputs.map((output) => deriveOpenKeys(output, keyVersion));
      return concatBytes(...keys.flatMap(({ tag, secret }) => [tag, secret]));
    },
  };

  #ready(pairing: Pairing, own: { keys: Uint8Array; number: string; epoch: number }): ReadyMember {
    const last = this.#own;
    const same = last?.number === own.number && last.epoch === own.epoch;
    if (same && last.keys.every((byte, at) => byte === own.keys[at])) return last.ready;
    last?.ready.release();
    const g1 = pairing.readG1(itemAt(own.keys, 0, G1_BYTES));
    const g2 = pairing.readG2(own.keys.subarray(G1_BYTES));
    const ready = readyMember(pairing, { g1, g2, number: own.number, epoch: own.epoch });
    this.#own = { ...own, ready };
    return ready;
  }
}

/** Blinds are drawn where they are used: in browsers each thread has a source of its own. */
function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
