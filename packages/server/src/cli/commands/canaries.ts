import { Command } from 'commander';
import { plantCanaries } from '../../members/canaries.ts';
import { print, withContext } from '../with-context.ts';

export function canariesCommand(): Command {
  const canaries = new Command('canaries').description(
    'Numbers that no honest address book contains, listed as members',
  );
  canaries
    .command('plant')
    .description(
      'List generated numbers of a region as members with invented cards; whoever finds one is enumerating',
    )
    .requiredOption('--region <code>', 'ISO 3166 region, such as US')
    .option('--count <n>', 'how many', (text) => Number.parseInt(text, 10), 20)
    .option('--json', 'print one JSON document')
    .action(async ({ region, count, json }: { region: string; count: number; json?: boolean }) => {
      const ids = await withContext((context) => plantCanaries(context, region.toUpperCase(), count));
      print(json, { planted: ids }, `planted ${ids.length} canaries in ${region.toUpperCase()}`);
    });
  return canaries;
}
