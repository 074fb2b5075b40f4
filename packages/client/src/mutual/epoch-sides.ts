import {
  CryptoError,
  type MeetingCard,
  openCard,
  SlotsAnswer,
  SlotsRead,
  SlotsWrite,
  sealCard,
  toHex,
} from '@kith/protocol/crypto';
import { MEETING_BYTES } from '../compute/task-sizes.ts';
import type { KnownContact } from '../find-people/contacts.ts';
import { allEnded, inBatches } from '../find-people/in-parallel.ts';
import { type RunWithNumber, stopIfAborted } from '../find-people/run.ts';
import { KithError } from '../http/kith-error.ts';
import { Table } from '../store/table.ts';
import { MARK_BYTES } from '../store/vault.ts';
import { Meetings } from './meetings.ts';

/** Sides that one request writes: short enough that little is lost when a run is killed, and the next are worked out meanwhile. */
const sidesPerWrite = 125;
/** Sides that one request reads: 32 bytes each. */
const sidesPerRead = 2_000;
/** Bytes of what tells whether a side still holds the right card. */
const CARD_MARK_BYTES = 8;

/** A card, and what stands for it in the store. */
export interface MarkedCard {
  card: MeetingCard;
  mark: Uint8Array;
}

/** One's sides of the slots of one epoch: written, and whom they have met. */
export class EpochSides {
  readonly #run: RunWithNumber;
  readonly #epoch: number;
  readonly #meetings: Meetings;
  /** The card that a side was last written with. */
  readonly #written: Table;
  /** Mark of the id of whoever was met. */
  readonly #met: Table;

  private constructor(run: RunWithNumber, epoch: number, meetings: Meetings, written: Table, met: Table) {
    this.#run = run;
    this.#epoch = epoch;
    this.#meetings = meetings;
    this.#written = written;
    this.#met = met;
  }

  static async load(
    run: RunWithNumber,
    space: string,
    epoch: number,
    keys: () => Promise<Uint8Array>,
  ): Promise<EpochSides> {
    const load = (name: string, rowBytes: number) =>
      Table.load(run.vault, `${space}${name}/${epoch}/`, rowBytes);
    const [meetings, written, met] = await Promise.all([
      load('meetings', MEETING_BYTES),
      load('written', CARD_MARK_BYTES),
      load('met', MARK_BYTES),
    ]);
    return new EpochSides(run, epoch, new Meetings(run, meetings, epoch, keys), written, met);
  }

  /** The mark of the id of whoever was met through this contact. */
  metBy({ mark }: KnownContact): Uint8Array | undefined {
    return this.#met.get(mark);
  }

  /** The contacts whose sides have yet to be written, or written anew; those that cost nothing first. */
  due(contacts: readonly KnownContact[], { mark: card }: MarkedCard): KnownContact[] {
    const isCard = (row: Uint8Array | undefined) => row?.every((byte, at) => byte === card[at]);
    const due = contacts.filter(({ mark }) => !isCard(this.#written.get(mark)));
    const paid = due.filter(({ mark }) => this.#written.has(mark));
    return [...paid, ...due.filter(({ mark }) => !this.#written.has(mark))];
  }

  /** Writes sides, working out the next ones while a request is under way. Stops where the budget does. */
  async write(
    due: readonly KnownContact[],
    card: MarkedCard,
    onDone: (count: number) => void,
  ): Promise<void> {
    const batches = inBatches(due, sidesPerWrite);
    let ready: KnownContact[] = [];
    for (const [at, next] of [...batches, []].entries()) {
      stopIfAborted(this.#run);
      const [retryAtMs] = await allEnded<[number | undefined, undefined]>([
        this.#send(ready, card),
        this.#meetings.prepare(next).then(() => undefined),
      ]);
      onDone(ready.length);
      if (retryAtMs !== undefined) {
        this.#run.waiting.add(due.slice(at * sidesPerWrite), retryAtMs);
        return;
      }
      ready = next;
    }
  }

  /** Reads what lies opposite of sides that have been written and have met nobody yet. */
  async read(contacts: readonly KnownContact[]): Promise<void> {
    const open = contacts.filter(({ mark }) => this.#written.has(mark) && !this.#met.has(mark));
    for (const batch of inBatches(open, sidesPerRead)) {
      stopIfAborted(this.#run);
      const sides = batch.map((contact) => this.#meetings.get(contact));
      const message = await this.#run.calls.slots(new SlotsRead(this.#epoch, sides).serialize());
      await this.#meet(batch, SlotsAnswer.deserialize(message));
    }
  }

  /**
   * Withdraws the sides of everyone but `contacts`. Told by what was worked out, not by what is known to be written: a run
   * may have been killed after it had sent a side. The service first: killed in between, it is told again.
   */
  async withdrawOthers(contacts: readonly KnownContact[]): Promise<void> {
    const kept = new Set(contacts.map(({ mark }) => toHex(mark)));
    const gone = this.#meetings
      .marks()
      .filter((mark) => !kept.has(toHex(mark)))
      .map((mark) => ({ mark }));
    for (const batch of inBatches(gone, sidesPerRead)) {
      stopIfAborted(this.#run);
      const sides = batch.map((contact) => this.#meetings.get(contact));
      await this.#run.calls.withdraw(new SlotsRead(this.#epoch, sides).serialize());
      const marks = batch.map(({ mark }) => mark);
      await this.#written.remove(marks);
      await this.#met.remove(marks);
      await this.#meetings.remove(batch);
    }
  }

  /** @returns when the sides that were over budget are worth sending again, ms since 1970 */
  async #send(batch: readonly KnownContact[], { card, mark }: MarkedCard): Promise<number | undefined> {
    if (batch.length === 0) return undefined;
    const sides = batch.map((contact) => {
      const meeting = this.#meetings.get(contact);
      const { slot, sideTag } = meeting;
      return { slot, sideTag, sealedCard: sealCard(meeting, card, this.#run.random) };
    });
    const message = await this.#run.calls.slots(new SlotsWrite(this.#epoch, sides).serialize());
    const answer = SlotsAnswer.deserialize(message);
    if (answer.accepted + answer.waiting !== batch.length) throw answerInvalid();
    const accepted = batch.slice(0, answer.accepted);
    // Meetings first: a side that is known to be written would not be asked about again.
    await this.#meet(accepted, answer);
    await this.#written.add(accepted.map((contact) => ({ mark: contact.mark, row: mark })));
    this.#run.waiting.add(batch.slice(answer.accepted), answer.retryAtMs);
    return answer.waiting > 0 ? answer.retryAtMs : undefined;
  }

  /** Keeps who was met. A card that does not open is somebody's who knows the slot but not the pair: nobody. */
  async #meet(batch: readonly KnownContact[], answer: SlotsAnswer): Promise<void> {
    const rows = answer.found.flatMap(({ at, sealedCard }) => {
      const contact = batch[at];
      if (contact === undefined) throw answerInvalid();
      const id = idIn(() => openCard(this.#meetings.get(contact), sealedCard));
      return id ? [{ mark: contact.mark, row: this.#run.vault.mark('person', id) }] : [];
    });
    await this.#met.add(rows);
  }
}

function idIn(open: () => MeetingCard): string | undefined {
  try {
    return open().id;
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'seal_broken') return undefined;
    throw error;
  }
}

function answerInvalid(): KithError {
  return new KithError({
    code: 'answer_invalid',
    status: 200,
    message: 'The answer is not to what was asked',
  });
}
