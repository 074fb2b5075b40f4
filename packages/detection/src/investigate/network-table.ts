import { setImmediate as turn } from 'node:timers/promises';
import type { Engine } from '../engine/index.ts';
import type { Networks } from '../network/index.ts';
import type { AddressKey } from './import-sql.ts';

const pageSize = 30_000;

/**
 * Makes the table of what is known of addresses, and the dictionary through which events look there: eight times faster than
 * a join, and asked for every event several times.
 *
 * @returns SQL for columns of an event that follow from its `address`.
 */
export async function networkColumns(
  engine: Engine,
  database: string,
  { type }: AddressKey,
): Promise<Map<string, string>> {
  const columns = `address ${type}, prefix String, asn UInt32, operator String, country String, network String`;
  await engine.command(`CREATE TABLE ${database}.networks (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
  const isText = type === 'String';
  await engine.command(`CREATE DICTIONARY ${database}.network_of (${columns} DEFAULT 'unknown')
    PRIMARY KEY address SOURCE(CLICKHOUSE(DB '${database}' TABLE 'networks'))
    LAYOUT(${isText ? 'COMPLEX_KEY_HASHED_ARRAY' : 'HASHED_ARRAY'}()) LIFETIME(0)`);
  return new Map(
    ['prefix', 'asn', 'operator', 'country', 'network'].map((column) => [
      column,
      `dictGet${column === 'asn' ? 'UInt32' : 'String'}('${database}.network_of', '${column}', ${isText ? 'tuple(address)' : 'address'})`,
    ]),
  );
}

/**
 * Looks every distinct address (or network) up, once. Most are known long before a log is read to its end, and reading leaves
 * a processor free: those are looked up meanwhile.
 */
export class NetworkTable {
  readonly #engine: Engine;
  readonly #database: string;
  readonly #key: AddressKey;
  readonly #networks: Networks;
  #rows = 0;
  #filling: Promise<void> | undefined;

  constructor(engine: Engine, database: string, key: AddressKey, networks: Networks) {
    this.#engine = engine;
    this.#database = database;
    this.#key = key;
    this.#networks = networks;
  }

  /** Begins with what has been read, once that has doubled: each look goes over all events. */
  grow(rows: number): void {
    if (this.#filling || rows < 2 * this.#rows || rows === 0) return;
    this.#rows = rows;
    this.#filling = this.#fill().then(() => {
      this.#filling = undefined;
    });
    this.#filling.catch(() => {});
  }

  /** Waits for what is under way; what failed is tried again at the end. */
  async settle(): Promise<void> {
    await this.#filling?.catch(() => {});
  }

  /** Looks the rest up, and lets events see all. */
  async finish(): Promise<void> {
    await this.#fill();
    await this.#engine.command(`SYSTEM RELOAD DICTIONARY ${this.#database}.network_of`);
  }

  async #fill(): Promise<void> {
    const [engine, table] = [this.#engine, `${this.#database}.networks`];
    await this.#networks.ready;
    const rows = await engine.query<{ address: string | number }>(
      `SELECT address FROM (SELECT address FROM ${this.#database}.events WHERE ${this.#key.known} GROUP BY address)
       WHERE address NOT IN (SELECT address FROM ${table})`,
    );
    let written = Promise.resolve();
    for (let from = 0; from < rows.length; from += pageSize) {
      const page = rows.slice(from, from + pageSize);
      const lines = page.map(({ address }) => lineOf(address, this.#key, this.#networks));
      await written;
      written = engine.insertLines(table, lines.join('\n'));
      written.catch(() => {});
      // Sends it off: while the engine takes one page in, the next is looked up.
      await turn();
    }
    await written;
  }
}

function lineOf(address: string | number, key: AddressKey, networks: Networks): string {
  const info = networks.lookup(key.addressOf(address));
  return JSON.stringify({
    address,
    prefix: info.prefix,
    asn: info.asn ?? 0,
    operator: info.operator ?? '',
    country: info.country ?? '',
    network: info.kind,
  });
}
