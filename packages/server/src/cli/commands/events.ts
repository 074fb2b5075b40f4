import { Command } from 'commander';
import { rebuildEvents } from '../../events/feed.ts';
import { progress } from '../terminal/index.ts';
import { print } from '../with-context.ts';
import { withEvents } from '../with-events.ts';

export function eventsCommand(): Command {
  const events = new Command('events').description('The copy of the ledger that detection reads');
  events
    .command('rebuild')
    .description('Drop the copy and make it anew from the ledger')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      const result = await withEvents(async (context, store) => {
        const shown = progress({ label: 'rebuilding', unit: 'entries', json });
        const entries = await rebuildEvents(context, store, (done) => shown.set(done));
        shown.finish();
        return { entries, events: await store.count() };
      });
      print(json, result, `${result.events} events from ${result.entries} ledger entries`);
    });
  return events;
}
