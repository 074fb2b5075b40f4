import {
  Bucket,
  type BucketHeader,
  bucketOf,
  CryptoError,
  compareBytes,
  concatBytes,
  type DayKeys,
  deriveDayKeys,
  findHint,
  HINT_BYTES,
  openTicket,
  Reveals,
  SEALED_TICKET_BYTES,
} from '@kith/protocol/crypto';
import type { KnownContact } from '../find-people/contacts.ts';
import { inBatches, inParallel } from '../find-people/in-parallel.ts';
import { type Run, stopIfAborted } from '../find-people/run.ts';
import { KithError } from '../http/kith-error.ts';
import type { Parameters } from '../parameters/parameters.ts';
import type { BucketAddress } from '../private-calls.ts';
import { Table } from '../store/table.ts';
import type { Lookups } from './lookups.ts';

/** Buckets fetched at once: what browsers allow to one host. */
const bucketsAtOnce = 6;
/** Buckets after which what was found so far is redeemed and kept. */
const bucketsPerStep = 128;
const ticketsPerRequest = 1_000;
/** Sealed tickets that are fetched together. */
const ticketsPerRange = 16;
/** Bytes of a bucket's message before its hints. */
const BUCKET_START_BYTES = 15;

/** A contact whose number has been looked up, in the bucket that its tag names. */
interface Sought {
  contact: KnownContact;
  keys: DayKeys;
}

/** Looks for contacts in the buckets of today, each once a day, and asks for the people that the tickets there name. */
export class TodaysBuckets {
  readonly #run: Run;
  readonly #buckets: Parameters['buckets'];
  readonly #lookups: Lookups;
  /** Contacts that have been looked for today. */
  readonly #checked: Table;

  private constructor(run: Run, buckets: Parameters['buckets'], lookups: Lookups, checked: Table) {
    this.#run = run;
    this.#buckets = buckets;
    this.#lookups = lookups;
    this.#checked = checked;
  }

  static async load(run: Run, { buckets }: Parameters, lookups: Lookups): Promise<TodaysBuckets> {
    const own = `${buckets.day}-${buckets.keyVersion}/`;
    await run.vault.sweep('checked/', (rest) => !rest.startsWith(own));
    const checked = await Table.load(run.vault, `checked/${own}`, 0);
    return new TodaysBuckets(run, buckets, lookups, checked);
  }

  async check(contacts: readonly KnownContact[]): Promise<void> {
    const byPrefix = this.#sort(contacts);
    const total = [...byPrefix.values()].reduce((sum, sought) => sum + sought.length, 0);
    let done = 0;
    this.#run.report('buckets', done, total);
    // Ascending prefixes: the order in which they are asked for says nothing about the order of the book.
    const prefixes = [...byPrefix].sort(([a], [b]) => a - b);
    for (const step of inBatches(prefixes, bucketsPerStep)) {
      const tickets: Uint8Array[] = [];
      await inParallel(step, bucketsAtOnce, async ([prefix, sought]) => {
        stopIfAborted(this.#run);
        tickets.push(...(await this.#look(prefix, sought)));
        done += sought.length;
        this.#run.report('buckets', done, total);
      });
      await this.#redeem(tickets);
      const found = step.flatMap(([, sought]) => sought);
      await this.#checked.add(found.map(({ contact }) => ({ mark: contact.mark, row: new Uint8Array() })));
    }
  }

  #sort(contacts: readonly KnownContact[]): Map<number, Sought[]> {
    const byPrefix = new Map<number, Sought[]>();
    for (const contact of contacts) {
      const known = this.#lookups.get(contact);
      if (known === undefined || this.#checked.has(contact.mark)) continue;
      const prefix = bucketOf(known.tag, this.#buckets.prefixBits);
      const keys = deriveDayKeys(known.secret, this.#buckets.day);
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), { contact, keys }]);
    }
    return byPrefix;
  }

  /** The tickets of a bucket that open. Of the sealed ones only those near an equal hint are fetched. */
  async #look(prefix: number, sought: readonly Sought[]): Promise<Uint8Array[]> {
    const { header, hints } = Bucket.deserializeHints(await this.#fetch({ prefix, part: 'hints' }));
    this.#expect(header, prefix);
    const tickets: Uint8Array[] = [];
    for (const { keys } of sought) {
      for (const at of findHint(hints, keys.hint))
        tickets.push(...opened(keys.sealingKey, await this.#sealedTicket(prefix, hints, at)));
    }
    return tickets;
  }

  /** One sealed ticket, fetched among its neighbours: a cache on the way need not know which it was. */
  async #sealedTicket(prefix: number, hints: Uint8Array, at: number): Promise<Uint8Array> {
    const count = hints.length / HINT_BYTES;
    const first = at - (at % ticketsPerRange);
    const wanted = Math.min(ticketsPerRange, count - first);
    const from = BUCKET_START_BYTES + hints.length + first * SEALED_TICKET_BYTES;
    const range = [from, from + wanted * SEALED_TICKET_BYTES - 1] as const;
    const part = await this.#fetch({ prefix, part: 'whole', range });
    if (part.length === wanted * SEALED_TICKET_BYTES)
      return part.subarray((at - first) * SEALED_TICKET_BYTES, (at - first + 1) * SEALED_TICKET_BYTES);
    const bucket = Bucket.deserialize(part);
    this.#expect(bucket.header, prefix);
    if (compareBytes(bucket.hints, hints) !== 0) throw bucketInvalid();
    return bucket.sealedTicketAt(at);
  }

  #fetch(address: Pick<BucketAddress, 'prefix' | 'part' | 'range'>): Promise<Uint8Array> {
    const { day, keyVersion } = this.#buckets;
    return this.#run.calls.bucket({ day, keyVersion, ...address });
  }

  #expect(header: BucketHeader, prefix: number): void {
    const { day, keyVersion, prefixBits } = this.#buckets;
    const same =
      header.day === day &&
      header.keyVersion === keyVersion &&
      header.prefixBits === prefixBits &&
      header.prefix === prefix;
    if (!same) throw bucketInvalid();
  }

  /** In ascending order, and the same ticket once: no order of the book, nor how often it has a number. */
  async #redeem(tickets: readonly Uint8Array[]): Promise<void> {
    const sorted = [...tickets].sort(compareBytes);
    const distinct = sorted.filter((ticket, at) => at === 0 || compareBytes(ticket, sorted[at - 1]!) !== 0);
    for (const batch of inBatches(distinct, ticketsPerRequest))
      await this.#run.calls.reveals(new Reveals(concatBytes(...batch)).serialize());
  }
}

/** The ticket; none where a stranger's hint was the same by chance. */
function opened(sealingKey: Uint8Array, sealed: Uint8Array): Uint8Array[] {
  try {
    return [openTicket(sealingKey, sealed)];
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'seal_broken') return [];
    throw error;
  }
}

function bucketInvalid(): KithError {
  return new KithError({
    code: 'bucket_invalid',
    status: 200,
    message: 'The bucket is another than asked for',
  });
}
