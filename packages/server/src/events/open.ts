import { join } from 'node:path';
import { chdbInstalled, type EventStore, openEventStore } from '@kith/detection';
import type { Logger } from 'pino';

/**
 * Opens the event store: ClickHouse where a URL is given, chDB where it is installed, else none: the service runs without
 * detection and says so.
 */
export async function openEvents(
  options: { clickhouseUrl: string | undefined; home: string },
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<EventStore | undefined> {
  if (options.clickhouseUrl) return openEventStore({ url: options.clickhouseUrl });
  if (!chdbInstalled()) {
    log.warn('chdb is not installed and CLICKHOUSE_URL is not set: nothing is watched');
    return undefined;
  }
  return openEventStore({ folder: join(options.home, 'events') });
}
