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

/** Looks every distinct address (or network) up, once. */
export async function fillNetworks(
  engine: Engine,
  database: string,
  key: AddressKey,
  networks: Networks,
): Promise<void> {
  await networks.ready;
  const rows = await engine.query<{ address: string | number }>(
    `SELECT address FROM ${database}.events WHERE ${key.known} GROUP BY address`,
  );
  let written = Promise.resolve();
  for (let from = 0; from < rows.length; from += pageSize) {
    const lines = rows.slice(from, from + pageSize).map(({ address }) => lineOf(address, key, networks));
    await written;
    written = engine.insertLines(`${database}.networks`, lines.join('\n'));
    written.catch(() => {});
    // Sends it off: while the engine takes one page in, the next is looked up.
    await turn();
  }
  await written;
  await engine.command(`SYSTEM RELOAD DICTIONARY ${database}.network_of`);
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
