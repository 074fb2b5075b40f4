import {
  bucketOf,
  CryptoError,
  compareBytes,
  concatBytes,
  deriveDayKeys,
  openTicket,
  Reveals,
} from '@kith/protocol/crypto';
import type { KnownContact } from '../find-people/contacts.ts';
import { inBatches, inParallel } from '../find-people/in-parallel.ts';
import { type Run, stopIfAborted } from '../find-people/run.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { Table } from '../store/table.ts';
import type { BucketSource, Candidate, Sought } from './bucket-source.ts';
import { bucketsCacheable } from './buckets-cacheable.ts';
import { bucketsTogether } from './buckets-together.ts';
import type { Lookups } from './lookups.ts';

const ticketsPerRequest = 1_000;

/** Looks for contacts in the buckets of today, each once a day, and asks for the people that the tickets there name. */
export class TodaysBuckets {
  readonly #run: Run;
  readonly #buckets: Parameters['buckets'];
  readonly #lookups: Lookups;
  /** Contacts that have been looked for today. */
  readonly #checked: Table;
  readonly #source: BucketSource;

  private constructor(run: Run, buckets: Parameters['buckets'], lookups: Lookups, checked: Table) {
    this.#run = run;
    this.#buckets = buckets;
    this.#lookups = lookups;
    this.#checked = checked;
    this.#source =
      run.buckets === 'cacheable' ? bucketsCacheable(run, buckets) : bucketsTogether(run, buckets);
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
    const { bucketsPerStep, stepsAtOnce } = this.#source;
    await inParallel(inBatches(prefixes, bucketsPerStep), stepsAtOnce, async (step) => {
      stopIfAborted(this.#run);
      await this.#redeem(await this.#source.candidates(step));
      const sought = step.flatMap(([, contacts]) => contacts);
      await this.#checked.add(sought.map(({ contact }) => ({ mark: contact.mark, row: new Uint8Array() })));
      done += sought.length;
      this.#run.report('buckets', done, total);
    });
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

  /** In ascending order, and the same ticket once: no order of the book, nor how often it has a number. */
  async #redeem(candidates: readonly Candidate[]): Promise<void> {
    const sorted = candidates.flatMap(opened).sort(compareBytes);
    const distinct = sorted.filter((ticket, at) => at === 0 || compareBytes(ticket, sorted[at - 1]!) !== 0);
    for (const batch of inBatches(distinct, ticketsPerRequest))
      await this.#run.calls.reveals(new Reveals(concatBytes(...batch)).serialize());
  }
}

/** The ticket; none where a stranger's hint was the same by chance. */
function opened({ keys, sealedTicket }: Candidate): Uint8Array[] {
  try {
    return [openTicket(keys.sealingKey, sealedTicket)];
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'seal_broken') return [];
    throw error;
  }
}
