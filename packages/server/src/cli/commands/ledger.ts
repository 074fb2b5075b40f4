import { Problem } from '@kith/protocol';
import { Command } from 'commander';
import { ledgerKeys } from '../../hall.ts';
import { runLedgerCheckpoint, runLedgerVerify } from '../../ledger/command.ts';
import { readSetting } from '../../members/settings.ts';
import { type Progress, progress } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';

interface Json {
  json?: boolean;
}

const write = (text: string) => void process.stdout.write(text);

/** The append-only record: is it whole, what does it promise, and what had a member chosen when. */
export function ledgerCommand(): Command {
  const ledger = new Command('ledger').description(
    'The append-only record of syncs, reveals, settings and enforcement',
  );

  ledger
    .command('verify')
    .description(
      'Name every entry that was changed, removed, inserted or reordered in the database (exit code 1)',
    )
    .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere')
    .option('--json', 'print one JSON document')
    .action(async ({ checkpoint, json }: Json & { checkpoint?: string }) => {
      process.exitCode = await withContext(async ({ database, keyring, now }) => {
        let shown: Progress | undefined;
        const code = await runLedgerVerify({
          database,
          keys: ledgerKeys(keyring),
          json,
          write,
          checkpointFile: checkpoint,
          now: now(),
          progress: (done, total) => {
            shown ??= progress({ label: 'verifying', total, unit: 'entries', json });
            shown.set(done);
          },
        });
        shown?.finish();
        return code;
      });
    });

  ledger
    .command('checkpoint')
    .description('Print the newest signed checkpoint, to be kept elsewhere')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Json) => {
      process.exitCode = await withContext(({ database, keyring }) =>
        runLedgerCheckpoint({ database, keys: ledgerKeys(keyring), json, write }),
      );
    });

  ledger
    .command('setting')
    .description('What a member had chosen at a moment, as far as it was known at another')
    .argument('<member>')
    .requiredOption('--at <time>', 'ISO 8601')
    .option('--known-at <time>', 'ISO 8601; default now')
    .option('--json', 'print one JSON document')
    .action(async (member: string, { at, knownAt, json }: Json & { at: string; knownAt?: string }) => {
      for (const time of [at, knownAt ?? at]) {
        if (Number.isNaN(Date.parse(time))) throw new Problem('query_invalid', `${time} is not a time`);
      }
      const setting = await withContext((context) =>
        readSetting(context, member, { at, ...(knownAt && { knownAt }) }),
      );
      const phone = setting.hasPhone ? 'a number' : 'no number';
      print(
        json,
        setting,
        `${setting.discoverable}, with ${phone}, since ${setting.validFrom} (recorded ${setting.recordedAt})`,
      );
    });

  return ledger;
}
