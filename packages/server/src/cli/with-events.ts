import { type EventStore, WatchError } from '@kith/detection';
import { readConfig } from '../config/environment.ts';
import type { Context } from '../context.ts';
import { feedEvents } from '../events/feed.ts';
import { openEvents } from '../events/open.ts';
import { CommandError, exitCodes } from './terminal/index.ts';
import { withContext } from './with-context.ts';

/** Runs a command on the database and on an event store that has all of its ledger. */
export async function withEvents<Result>(
  work: (context: Context, events: EventStore) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(process.env);
  const say = (text: string) => process.stderr.write(`kith: ${text}\n`);
  return withContext(async (context) => {
    const events = await openEvents(config, { info: say, warn: say } as never).catch((error) => {
      throw config.clickhouseUrl ? error : explained(error);
    });
    if (!events) {
      throw new CommandError('event_store_missing', 'npm install chdb, or set CLICKHOUSE_URL', {
        exitCode: exitCodes.unavailable,
      });
    }
    try {
      for (let read = 1; read > 0; ) read = await feedEvents(context, events);
      return await work(context, events);
    } finally {
      await events.close();
    }
  });
}

/** The engine lets one process at a time into its folder, and does not say that this is why. */
function explained(error: unknown): unknown {
  if (!(error instanceof WatchError) || error.code !== 'event_store_unavailable') return error;
  return new WatchError(error.code, `${error.message} (a service that runs on it holds it: stop it first)`);
}
