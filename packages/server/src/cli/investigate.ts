import { Command } from 'commander';
import { investigateCommand } from './commands/investigate.ts';
import { type ExitCode, runCommand } from './terminal/index.ts';

/** `kith investigate` by itself: whoever has only an old log loads nothing of the service. */
const kith = new Command('kith').exitOverride().addCommand(investigateCommand());
await runCommand(() => kith.parseAsync().then(() => process.exitCode as ExitCode | undefined));
