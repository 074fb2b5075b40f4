import { itemAt, type Meeting } from '@kith/protocol/crypto';
import { MEETING_BYTES } from '../compute/task-sizes.ts';
import type { KnownContact } from '../find-people/contacts.ts';
import { inBatches, inParallel } from '../find-people/in-parallel.ts';
import { type RunWithNumber, stopIfAborted } from '../find-people/run.ts';
import type { Table } from '../store/table.ts';

/** The meetings of one epoch, each worked out once. */
export class Meetings {
  readonly #run: RunWithNumber;
  readonly #table: Table;
  readonly #epoch: number;
  readonly #keys: () => Promise<Uint8Array>;

  /** @param keys gives the member's own keys when they are needed */
  constructor(run: RunWithNumber, table: Table, epoch: number, keys: () => Promise<Uint8Array>) {
    this.#run = run;
    this.#table = table;
    this.#epoch = epoch;
    this.#keys = keys;
  }

  has({ mark }: KnownContact): boolean {
    return this.#table.has(mark);
  }

  /** The meeting with a contact that `prepare` was given. */
  get({ mark }: Pick<KnownContact, 'mark'>): Meeting {
    const row = this.#table.get(mark)!;
    return {
      slot: row.subarray(0, 16),
      sideTag: row.subarray(16, 32),
      sealKey: row.subarray(32, 64),
      openKey: row.subarray(64, 96),
      epoch: this.#epoch,
    };
  }

  /** Marks of all contacts whose meeting has been worked out, whether a side was written for them or not. */
  marks(): Uint8Array[] {
    return this.#table.marks();
  }

  async remove(contacts: readonly Pick<KnownContact, 'mark'>[]): Promise<void> {
    await this.#table.remove(contacts.map(({ mark }) => mark));
  }

  /** Works out what is missing, in as many tasks as may run at once, and keeps it. */
  async prepare(contacts: readonly KnownContact[]): Promise<void> {
    const missing = contacts.filter((contact) => !this.has(contact));
    if (missing.length === 0) return;
    const { compute, number, signal } = this.#run;
    const keys = await this.#keys();
    const rows: { mark: Uint8Array; row: Uint8Array }[] = [];
    const tasks = inBatches(missing, compute.contactsPerTask);
    try {
      await inParallel(tasks, compute.width, async (batch) => {
        stopIfAborted(this.#run);
        const others = batch.map((contact) => contact.number);
        const packed = await compute.run('meet', { keys, number, epoch: this.#epoch, others }, signal);
        for (const [at, { mark }] of batch.entries())
          rows.push({ mark, row: itemAt(packed, at, MEETING_BYTES) });
      });
    } finally {
      // What was worked out before an abort need not be worked out again.
      await this.#table.add(rows);
    }
  }
}
