import { userInfo } from 'node:os';
import { Command } from 'commander';
import { throttleRing } from '../../rings/decisions.ts';
import { getRing, listRings } from '../../rings/read.ts';
import { watch } from '../../rings/rings.ts';
import { table } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';
import { withEvents } from '../with-events.ts';

interface Options {
  json?: boolean;
  refresh?: boolean;
  throttle?: boolean;
}

export function ringsCommand(): Command {
  return new Command('rings')
    .description('Networks of accounts that act as one: all, or one with its reasons')
    .argument('[ring]', 'id of a ring')
    .option('--refresh', 'look for rings now, instead of showing what the service found last')
    .option('--throttle', 'hold the accounts of this ring together to what one member may spend')
    .option('--json', 'print one JSON document')
    .action(async (ringId: string | undefined, { json, refresh, throttle }: Options) => {
      if (refresh) {
        await withEvents(async (context, events) => {
          const detection = await watch(context, events, {
            progress: (step) => json || process.stderr.write(`kith: ${step}\n`),
          });
          process.stderr.write(`kith: ${detection.rings.length} rings among ${detection.members} members\n`);
        });
      }
      await withContext(async (context) => {
        if (ringId && throttle) await throttleRing(context, ringId, `${userInfo().username}@terminal`);
        if (ringId) return show(json, await getRing(context, ringId));
        const found = await listRings(context, {}, { sort: 'evidence', order: 'desc', limit: 500 });
        const rows = found.rings.map(({ id, state, accounts, countries, tried, revealed, why }) => ({
          id,
          state,
          accounts,
          countries: countries.join(' '),
          tried,
          revealed,
          why: why[0] ?? '',
        }));
        print(json, found, table(rows) || 'no rings found');
      });
    });
}

function show(json: boolean | undefined, ring: Awaited<ReturnType<typeof getRing>>): void {
  const reasons = ring.reasons.map(
    ({ weight, words }) => `  ${weight >= 0 ? '+' : ''}${weight.toFixed(1)}  ${words}`,
  );
  const accounts = table(
    ring.members
      .slice(0, 20)
      .map(({ member, evidence, flagged }) => ({ member, evidence, flagged: flagged ? 'yes' : 'near' })),
  );
  print(
    json,
    ring,
    `${ring.id}: ${ring.accounts} accounts, ${ring.state}, since ${ring.since}\n\nwhy\n${reasons.join('\n')}\n\naccounts\n${accounts}`,
  );
}
