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
  openTicket,
  Reveals,
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

  /** The tickets of a bucket that open. The whole of it is fetched only where a hint says that there is one. */
  async #look(prefix: number, sought: readonly Sought[]): Promise<Uint8Array[]> {
    const { header, hints } = Bucket.deserializeHints(await this.#fetch(prefix, 'hints'));
    this.#expect(header, prefix);
    if (sought.every(({ keys }) => findHint(hints, keys.hint).length === 0)) return [];
    const bucket = Bucket.deserialize(await this.#fetch(prefix, 'whole'));
    this.#expect(bucket.header, prefix);
    return sought.flatMap(({ keys }) =>
      findHint(bucket.hints, keys.hint).flatMap((at) => opened(keys.sealingKey, bucket.sealedTicketAt(at))),
    );
  }

  #fetch(prefix: number, part: BucketAddress['part']): Promise<Uint8Array> {
    const { day, keyVersion } = this.#buckets;
    return this.#run.calls.bucket({ prefix, day, keyVersion, part });
  }

  #expect(header: BucketHeader, prefix: number): void {
    const { day, keyVersion, prefixBits } = this.#buckets;
    const same =
      header.day === day &&
      header.keyVersion === keyVersion &&
      header.prefixBits === prefixBits &&
      header.prefix === prefix;
    if (!same)
      throw new KithError({
        code: 'bucket_invalid',
        status: 200,
        message: 'The bucket is another than asked for',
      });
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
