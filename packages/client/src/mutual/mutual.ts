import type { Me } from '@kith/protocol';
import { toHex } from '@kith/protocol/crypto';
import type { KnownContact } from '../find-people/contacts.ts';
import type { RunWithNumber } from '../find-people/run.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { EpochSides, type MarkedCard } from './epoch-sides.ts';
import { ownCard } from './own-card.ts';
import { ownKeys } from './own-keys.ts';

/** After so long sides are written again, at no cost: should the service have lost them, they come back, ms. */
const rewriteMs = 7 * 86_400_000;

/** Meeting everyone who has this member's number too. */
export class Mutual {
  readonly #epochs: readonly EpochSides[];
  readonly #run: RunWithNumber;

  private constructor(run: RunWithNumber, epochs: readonly EpochSides[]) {
    this.#run = run;
    this.#epochs = epochs;
  }

  /** Loads what is known of the current epoch, and of the next where it is written already; forgets past ones. */
  static async load(run: RunWithNumber, parameters: Parameters): Promise<Mutual> {
    const { current, next } = parameters.epochs;
    const whose = `${run.origin}\0${run.number}\0${toHex(parameters.issuers)}`;
    const own = `${toHex(run.vault.mark('space', whose))}/`;
    const space = `mutual/${own}`;
    // What was worked out for another number, or with other issuers, is of no use and still secret.
    await run.vault.sweep('mutual/', (rest) => !rest.startsWith(own) || Number(rest.split('/')[2]) < current);
    const epochs = next === undefined ? [current] : [current, next];
    const load = (epoch: number) =>
      EpochSides.load(run, space, epoch, () => ownKeys(run, parameters, space, epoch));
    return new Mutual(run, await Promise.all(epochs.map(load)));
  }

  /** Writes one's sides for all contacts, in every epoch that is written now. */
  async write(contacts: readonly KnownContact[], me: Me): Promise<void> {
    const card = this.#mark(me);
    const dues = this.#epochs.map((sides) => sides.due(contacts, card));
    const total = dues.reduce((sum, due) => sum + due.length, 0);
    let done = 0;
    this.#run.report('mutual', done, total);
    for (const [at, sides] of this.#epochs.entries()) {
      await sides.write(dues[at]!, card, (count) => {
        done += count;
        if (count > 0) this.#run.report('mutual', done, total);
      });
    }
  }

  /** Withdraws one's sides for everyone who is not among the contacts any more: meetings with them end. */
  async withdrawOthers(contacts: readonly KnownContact[]): Promise<void> {
    for (const sides of this.#epochs) await sides.withdrawOthers(contacts);
  }

  /** Looks again for whoever has written the other side since. */
  async read(contacts: readonly KnownContact[]): Promise<void> {
    for (const sides of this.#epochs) await sides.read(contacts);
  }

  /** Marks of the ids of those met through a contact. */
  metBy(contact: KnownContact): Uint8Array[] {
    return this.#epochs.flatMap((sides) => sides.metBy(contact) ?? []);
  }

  /** A member that has stepped back, and returns, writes its sides anew: meanwhile they were not kept. */
  #mark(me: Me): MarkedCard {
    const card = ownCard(me);
    const state = [card, me.discoverable === 'nobody', Math.floor(this.#run.now() / rewriteMs)];
    return { card, mark: this.#run.vault.mark('card', JSON.stringify(state)).subarray(0, 8) };
  }
}
