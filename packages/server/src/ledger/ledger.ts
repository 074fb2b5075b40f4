import { randomBytes } from 'node:crypto';
import type { Queryable, Transaction } from '../postgres/database.ts';
import { uuidv7 } from '../uuidv7.ts';
import { contextHashOf, contextSaltBytes, encodeEntry, type MacKey, macKeyOf, macOf } from './codes.ts';
import type { NewLedgerEntry } from './entry.ts';
import { type EntryRow, eraseContexts, insertEntries } from './store.ts';

/** What proves a ledger: whoever holds these can write it, whoever holds only the database cannot. */
export interface LedgerKeys {
  /** For HMAC-SHA-256, 32 bytes. */
  macKey: Uint8Array;
  /** Ed25519 seed, 32 bytes. */
  signingSeed: Uint8Array;
  /** First line of every checkpoint and name of its key: a schema-less URL, without spaces or plus signs. */
  origin: string;
}

export interface LedgerOptions extends LedgerKeys {
  random?: (bytes: number) => Uint8Array;
}

/** Appends to the ledger, in the caller's transaction: what is recorded and its record commit together. */
export class Ledger {
  readonly keys: LedgerKeys;
  readonly #macKey: MacKey;
  readonly #held = new WeakMap<Queryable, EntryRow[]>();
  readonly #random: (bytes: number) => Uint8Array;

  constructor({ macKey, signingSeed, origin, random = randomBytes }: LedgerOptions) {
    this.keys = { macKey, signingSeed, origin };
    this.#macKey = macKeyOf(this.keys);
    this.#random = random;
  }

  /**
   * One statement, however many entries: in a transaction it is made just before the commit, for all calls together.
   *
   * @param now ms since 1970
   * @returns the ids, in the order given; they ascend
   * @throws TypeError when a body holds a phone number: the ledger cannot unsay it
   */
  async append(tx: Queryable, entries: readonly NewLedgerEntry[], now: number): Promise<string[]> {
    if (entries.length === 0) return [];
    const held = this.#heldRows(tx);
    const ids = this.#ids(entries.length, now, held?.length ?? 0);
    const rows = entries.map((entry, index) => this.#row(entry, ids[index]!, now));
    if (held) for (const row of rows) held.push(row);
    else await insertEntries(tx, rows);
    return ids;
  }

  /**
   * Erases the personal context of all of a member's entries; the entries stay and still verify. Append
   * `member-erased` in the same transaction: contexts that are gone without it are reported as removed.
   */
  async eraseContexts(tx: Queryable, memberId: string): Promise<void> {
    await eraseContexts(tx, memberId);
  }

  /** What waits for this transaction to commit; nothing can, outside of one. */
  #heldRows(tx: Queryable & Partial<Transaction>): EntryRow[] | undefined {
    if (!tx.beforeCommit) return undefined;
    const known = this.#held.get(tx);
    if (known) return known;
    const rows: EntryRow[] = [];
    this.#held.set(tx, rows);
    tx.beforeCommit(() => insertEntries(tx, rows));
    return rows;
  }

  /**
   * Makes `rand_a` a counter (RFC 9562 6.2, method 1), so that a transaction's entries keep their order within the
   * millisecond.
   */
  #ids(count: number, now: number, first: number): string[] {
    const random = this.#random(count * 8);
    const bytes = Buffer.alloc(16);
    return Array.from({ length: count }, (_, index) => {
      const counter = first + index;
      bytes.writeUInt16BE(counter & 0xfff, 6);
      bytes.set(random.subarray(index * 8, index * 8 + 8), 8);
      return uuidv7(Math.trunc(now) + (counter >> 12), () => bytes);
    });
  }

  #row(entry: NewLedgerEntry, entryId: string, now: number): EntryRow {
    const { memberId, kind, otherId = null } = entry;
    const bound = entry.context ? this.#bind(entry.context) : unbound;
    const row = {
      memberId,
      entryId,
      at: `${Math.trunc(now)}000`,
      kind,
      otherId,
      body: toBody(entry.body),
      ...bound,
    };
    return { ...row, mac: macOf(this.#macKey, encodeEntry(row)) };
  }

  #bind(given: object) {
    const context = JSON.stringify(given).replace(numbers, '"number"');
    const salt = Buffer.from(this.#random(contextSaltBytes));
    return { context, salt, contextHash: contextHashOf(salt, context) };
  }
}

const unbound = { context: null, salt: null, contextHash: null };

/** JSON strings in E.164 form. */
const numbers = /"\+[1-9]\d{6,14}"/g;

/** Bodies are made of opaque ids and counts by ourselves; contexts come from outside, so there a number is taken out. */
function toBody(value: object): string {
  const json = JSON.stringify(value);
  if (json.search(numbers) >= 0) throw new TypeError('A ledger entry may not hold a phone number');
  return json;
}
