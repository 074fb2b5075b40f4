import { ELEMENT_BYTES, itemAt, OprfResponse, SCALAR_BYTES, toHex } from '@kith/protocol/crypto';
import { OUTPUT_KEYS_BYTES } from '../compute/task-sizes.ts';
import type { KnownContact } from '../find-people/contacts.ts';
import { inBatches, inParallel } from '../find-people/in-parallel.ts';
import { type Run, stopIfAborted } from '../find-people/run.ts';
import { KithError } from '../http/kith-error.ts';
import { type Parameters, pinOprfKey } from '../parameters/parameters.ts';
import { Table } from '../store/table.ts';
import { messageOf, type PendingRequest, pack, unpack } from './pending-request.ts';

/** Numbers in one request: one proof each request, and little work in vain where the budget ends. */
const numbersPerRequest = 250;
/** Requests at once: the service works while the next is blinded. A member may have four of all kinds under way. */
const requestsAtOnce = 3;

/** Refusals after which the same bytes would only be refused again. */
const hopeless = new Set<string>(['element_invalid', 'message_invalid', 'key_version_unknown']);

const requests = 'requests/';

/** What F(number) gives for each number that has been paid for, under the key of today. */
export class Lookups {
  readonly #run: Run;
  readonly #parameters: Parameters;
  readonly #space: string;
  readonly #outputs: Table;

  private constructor(run: Run, parameters: Parameters, space: string, outputs: Table) {
    this.#run = run;
    this.#parameters = parameters;
    this.#space = space;
    this.#outputs = outputs;
  }

  /** Loads what is known under this key, and forgets what was of another. */
  static async load(run: Run, parameters: Parameters): Promise<Lookups> {
    const { keyVersion, publicKey } = parameters.oprf;
    const key = `${run.origin}\0${keyVersion}\0${toHex(publicKey)}`;
    const own = `${toHex(run.vault.mark('space', key))}/`;
    await run.vault.sweep('open/', (rest) => !rest.startsWith(own));
    const space = `open/${own}`;
    const outputs = await Table.load(run.vault, `${space}outputs/`, OUTPUT_KEYS_BYTES);
    return new Lookups(run, parameters, space, outputs);
  }

  /** Tag and secret of a contact's number; undefined where it has yet to be looked up. */
  get({ mark }: KnownContact): { tag: Uint8Array; secret: Uint8Array } | undefined {
    const row = this.#outputs.get(mark);
    return row && { tag: row.subarray(0, 16), secret: row.subarray(16) };
  }

  /** Looks up whatever is missing, after what an earlier run has paid for and not yet received. */
  async complete(contacts: readonly KnownContact[]): Promise<void> {
    await this.#resume();
    const missing = contacts.filter(({ mark }) => !this.#outputs.has(mark));
    let done = contacts.length - missing.length;
    this.#run.report('lookup', done, contacts.length);
    let retryAtMs: number | undefined;
    await inParallel(inBatches(missing, numbersPerRequest), requestsAtOnce, async (batch) => {
      stopIfAborted(this.#run);
      // Once the budget has said no, asking for more would only be refused.
      if (retryAtMs === undefined) retryAtMs = await this.#lookUp(batch);
      else this.#run.waiting.add(batch, retryAtMs);
      done += batch.filter(({ mark }) => this.#outputs.has(mark)).length;
      this.#run.report('lookup', done, contacts.length);
    });
  }

  async #resume(): Promise<void> {
    for (const name of await this.#run.vault.keys(`${this.#space}${requests}`)) {
      stopIfAborted(this.#run);
      const packed = await this.#run.vault.get(name);
      const pending = packed && unpack(packed);
      if (pending) await this.#finish(name, pending);
      else await this.#run.vault.delete(name);
    }
  }

  async #lookUp(batch: readonly KnownContact[]): Promise<number | undefined> {
    const numbers = batch.map(({ number }) => number);
    const blinded = await this.#run.compute.run('blind', { numbers }, this.#run.signal);
    const pending = { keyVersion: this.#parameters.oprf.keyVersion, contacts: batch, ...blinded };
    const name = `${this.#space}${requests}${toHex(batch[0]!.mark)}`;
    // Kept before it is sent: killed in between, the next run sends the same bytes, which are paid for once.
    await this.#run.vault.put(name, pack(pending));
    const { waiting, retryAtMs } = await this.#finish(name, pending);
    this.#run.waiting.add(batch.slice(batch.length - waiting), retryAtMs);
    return waiting > 0 ? retryAtMs : undefined;
  }

  /** @returns how many numbers were over budget, and when they are worth sending again, ms since 1970 */
  async #finish(name: string, pending: PendingRequest): Promise<{ waiting: number; retryAtMs: number }> {
    const response = await this.#ask(name, pending);
    const count = response.elements.length / ELEMENT_BYTES;
    const { contacts, keyVersion } = pending;
    if (count + response.waiting !== contacts.length || response.keyVersion !== keyVersion)
      throw new KithError({
        code: 'answer_invalid',
        status: 200,
        message: 'The answer is not to what was asked',
      });
    if (count > 0) await this.#keep(pending, response, count);
    await this.#run.vault.delete(name);
    return response;
  }

  async #ask(name: string, pending: PendingRequest): Promise<OprfResponse> {
    try {
      return OprfResponse.deserialize(await this.#run.calls.oprf(messageOf(pending)));
    } catch (error) {
      if (error instanceof KithError && hopeless.has(error.code)) await this.#run.vault.delete(name);
      throw error;
    }
  }

  /** Checks that the published key was used for the first `count` numbers, and keeps what they lead to. */
  async #keep(pending: PendingRequest, response: OprfResponse, count: number): Promise<void> {
    const contacts = pending.contacts.slice(0, count);
    const given = {
      ...this.#parameters.oprf,
      numbers: contacts.map(({ number }) => number),
      blinds: pending.blinds.slice(0, count * SCALAR_BYTES),
      elements: pending.elements.slice(0, count * ELEMENT_BYTES),
      evaluated: response.elements.slice(),
      proof: response.proof.slice(),
    };
    const packed = await this.#run.compute.run('finalize', given, this.#run.signal);
    await pinOprfKey(this.#run.vault, this.#parameters);
    const rows = contacts.map(({ mark }, at) => ({ mark, row: itemAt(packed, at, OUTPUT_KEYS_BYTES) }));
    await this.#outputs.add(rows);
  }
}
