import { Command } from 'commander';
import { actionCommands } from './commands/actions.ts';
import { analystsCommand } from './commands/analysts.ts';
import { canariesCommand } from './commands/canaries.ts';
import { casesCommand } from './commands/cases.ts';
import { devCommand } from './commands/dev.ts';
import { eventsCommand } from './commands/events.ts';
import { importCommand } from './commands/import.ts';
import { incidentCommand } from './commands/incident.ts';
import { investigateCommand } from './commands/investigate.ts';
import { issuerCommand } from './commands/issuer.ts';
import { keysCommand } from './commands/keys.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { migrateCommand } from './commands/migrate.ts';
import { ringsCommand } from './commands/rings.ts';
import { serveCommand } from './commands/serve.ts';
import { type ExitCode, exitCodes, overrideExits, runCommand } from './terminal/index.ts';

const kith = new Command('kith')
  .description('Contact discovery that cannot be turned into a phone book')
  .version('0.1.0')
  .showHelpAfterError('(kith --help shows what there is)')
  .addHelpText(
    'after',
    `
Also:
  lab …      simulated populations and replayed attacks (kith lab list)
  bench …    benchmarks against peers and limits

Exit codes: ${Object.entries(exitCodes)
      .map(([name, code]) => `${code} ${name}`)
      .join(', ')}`,
  );

for (const command of [
  devCommand,
  serveCommand,
  migrateCommand,
  importCommand,
  keysCommand,
  analystsCommand,
  ledgerCommand,
  canariesCommand,
  issuerCommand,
  ringsCommand,
  eventsCommand,
  casesCommand,
  incidentCommand,
  investigateCommand,
]) {
  kith.addCommand(command());
}
for (const command of actionCommands()) kith.addCommand(command);
overrideExits(kith);

// A command that ran and found something amiss has set the exit code itself.
await runCommand(() => kith.parseAsync().then(() => process.exitCode as ExitCode | undefined), {
  json: process.argv.includes('--json'),
});
