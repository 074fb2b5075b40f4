import { type ExitCode, overrideExits, runCommand } from '@kith/server/terminal';
import { Command } from 'commander';
import { type BenchOptions, runBenchmarks, runHere } from './bench/cli.ts';
import { detectCommand } from './detect/cli.ts';
import { screenshotsCommand } from './member-app/cli.ts';
import { labCommand } from './scenarios/cli.ts';
import { integer } from './scenarios/flags.ts';
import { tourCommand } from './tour/cli.ts';

/** `kith lab …` and `kith bench …`: the workshop's part of the command. */
const program = new Command('kith')
  .description('The lab: simulated populations, replayed attacks, benchmarks')
  .configureHelp({ showGlobalOptions: true });

program.addCommand(
  labCommand().addCommand(screenshotsCommand()).addCommand(detectCommand()).addCommand(tourCommand()),
);
program
  .command('bench')
  .description('Measure, each figure beside a peer or a limit in the same run')
  .argument('[name...]', 'which benchmarks; default all')
  .option('--json', 'one line of JSON a result')
  .option('--members <count>', 'members loaded first', integer)
  .option('--slots <count>', 'slots loaded first', integer)
  .option('--events <count>', 'events of a history', integer)
  .option('--rounds <count>', 'repetitions, of which the median counts', integer)
  .option('--here', 'run in this process, one benchmark')
  .action(async (names: string[], options: BenchOptions & { json?: boolean; here?: boolean }) => {
    if (options.here && names[0] !== undefined) return runHere(names[0], options);
    process.exitCode = await runBenchmarks(names, options);
  });

overrideExits(program);

await runCommand(
  async () => {
    await program.parseAsync();
    // Set by the action that ran.
    return process.exitCode as ExitCode | undefined;
  },
  { json: process.argv.includes('--json') },
);
