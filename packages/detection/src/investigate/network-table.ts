import type { Engine } from '../engine/index.ts';
import type { Networks } from '../network/index.ts';
import type { AddressKey } from './import-sql.ts';

const pageSize = 100_000;

/**
 * Makes the table in which events look up what is known of their addresses.
 *
 * @returns SQL for columns of an event that follow from its `address`.
 */
export async function networkColumns(
  engine: Engine,
  database: string,
  { type }: AddressKey,
): Promise<Map<string, string>> {
  await engine.command(`CREATE TABLE ${database}.networks (
    address ${type}, prefix String, asn UInt32, operator LowCardinality(String), country LowCardinality(String),
    network LowCardinality(String)) ENGINE = Join(ANY, LEFT, address)`);
  return new Map(
    ['prefix', 'asn', 'operator', 'country', 'network'].map((column) => [
      column,
      `joinGet('${database}.networks', '${column}', address)`,
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
  for (let from = 0; from < rows.length; from += pageSize) {
    const lines = rows.slice(from, from + pageSize).map(({ address }) => {
      const info = networks.lookup(key.addressOf(address));
      return JSON.stringify({
        address,
        prefix: info.prefix,
        asn: info.asn ?? 0,
        operator: info.operator ?? '',
        country: info.country ?? '',
        network: info.kind,
      });
    });
    await engine.insertLines(`${database}.networks`, lines.join('\n'));
  }
}
