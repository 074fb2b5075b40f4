import { Readable } from 'node:stream';
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { WatchError } from '../errors.ts';
import { defaultLimits, type Engine, type EngineLimits, engineSettings, type SqlParams } from './engine.ts';

export interface ClickHouseOptions {
  /** `http://user:password@host:8123`; the password never appears in a message. */
  url: string;
  limits?: EngineLimits;
  requestTimeoutMs?: number;
}

/**
 * Speaks to a ClickHouse server over HTTP.
 *
 * @throws WatchError `event_store_unavailable` where nobody answers at the address.
 */
export async function openClickHouse(options: ClickHouseOptions): Promise<Engine> {
  const client = createClient({
    url: options.url,
    request_timeout: options.requestTimeoutMs ?? 600_000,
    clickhouse_settings: engineSettings(options.limits ?? defaultLimits),
    // Its own log prints what it sends; the caller decides what is logged here.
    log: { level: ClickHouseLogLevel.OFF },
  });
  const pong = await client.ping();
  if (!pong.success) {
    await client.close();
    throw new WatchError('event_store_unavailable', `No ClickHouse server answers at ${hostOf(options.url)}`);
  }
  return {
    kind: 'clickhouse',
    generation: 0,
    query: <Row>(sql: string, params: SqlParams = {}) =>
      asking(async () => {
        const result = await client.query({ query: sql, query_params: { ...params }, format: 'JSONEachRow' });
        return result.json<Row>() as Promise<Row[]>;
      }),
    command: (sql, params = {}) =>
      asking(async () => void (await client.command({ query: sql, query_params: { ...params } }))),
    insertLines: (table, lines) =>
      asking(async () => {
        if (lines === '') return;
        const values = Readable.from([Buffer.from(lines)], { objectMode: false });
        const result = await client.exec({ query: `INSERT INTO ${table} FORMAT JSONEachRow`, values });
        result.stream.destroy();
      }),
    close: () => client.close(),
  };
}

async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    const answered = cause instanceof ClickHouseError;
    throw new WatchError(
      answered ? 'event_store_query_failed' : 'event_store_unavailable',
      answered ? message.slice(0, 500) : 'The ClickHouse server does not answer',
      { cause },
    );
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'the given address, which is not a URL';
  }
}
