import { userInfo } from 'node:os';
import { Problem } from '@kith/protocol';
import { type Role, roles } from '@kith/protocol/study';
import { Command, Option } from 'commander';
import { type AnalystChange, changeAnalyst, createAnalyst, listAnalysts } from '../../analysts/analysts.ts';
import { nameKeyOf } from '../../analysts/names.ts';
import { readAnalyst } from '../../analysts/store.ts';
import { table } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';

interface Json {
  json?: boolean;
}

/** Who makes accounts here is whoever may use this machine's database and key. */
const by = () => `${userInfo().username}@terminal`;

/** Those who study rings and decide; the first admin is made here. */
export function analystsCommand(): Command {
  const analysts = new Command('analysts').description('People who sign in to study rings and decide');

  analysts
    .command('create')
    .description('Make an account; its first password is shown this once, and has to be changed')
    .argument('<name>')
    .addOption(new Option('--role <role>', 'what it may do').choices([...roles]).default('viewer'))
    .option('--json', 'print one JSON document')
    .action(async (name: string, { role, json }: Json & { role: Role }) => {
      const made = await withContext((context) => createAnalyst(context, { name, role, by: by() }));
      print(json, made, `${made.name} (${made.role}), first password: ${made.password}`);
    });

  analysts
    .command('list')
    .description('Show the accounts')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Json) => {
      const rows = await withContext(listAnalysts);
      const shown = rows.map(({ id: _, ...row }) => ({ ...row, lastSeenAt: row.lastSeenAt ?? null }));
      print(
        json,
        { analysts: rows },
        table(shown) || 'no analysts yet: kith analysts create NAME --role admin',
      );
    });

  for (const [name, description, change] of changes) {
    analysts
      .command(name)
      .description(description)
      .argument('<name>')
      .option('--json', 'print one JSON document')
      .action(async (given: string, { json }: Json) => {
        const changed = await withContext(async (context) => {
          const found = await readAnalyst(context.database, nameKeyOf(given));
          if (!found) throw new Problem('analyst_unknown', `No analyst is called ${given}`);
          return changeAnalyst(context, found.analystId, change, by());
        });
        const password = changed.password ? `, first password: ${changed.password}` : '';
        print(json, changed, `${changed.name} (${changed.role}) is ${changed.state}${password}`);
      });
  }
  return analysts;
}

const changes: readonly [string, string, AnalystChange][] = [
  ['disable', 'Let an analyst do nothing more, at once', { state: 'disabled' }],
  ['enable', 'Let an analyst sign in again', { state: 'active' }],
  ['reset', 'Give an analyst a new first password; sessions end', { resetPassword: true }],
];
