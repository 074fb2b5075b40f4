import { Command } from 'commander';
import { investigateCommand } from './commands/investigate.ts';
import { type ExitCode, overrideExits, runCommand } from './terminal/index.ts';

/** `kith investigate` by itself: whoever has only an old log loads nothing of the service. */
const kith = overrideExits(new Command('kith').addCommand(investigateCommand()));
await runCommand(() => kith.parseAsync().then(() => process.exitCode as ExitCode | undefined));
