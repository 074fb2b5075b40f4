import type { EventStore } from '@kith/detection';
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
    const events = await openEvents(config, { info: say, warn: say } as never);
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
