import { Command } from 'commander';
import { readConfig } from '../../config/environment.ts';
import { openDatabase } from '../../config/open.ts';
import { Database } from '../../postgres/database.ts';
import { migrate } from '../../postgres/migrate.ts';
import { print } from '../with-context.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'Bring the tables of DATABASE_URL up to date, and spread them over a Citus cluster where it is one',
    )
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      const opened = await openDatabase(readConfig(process.env), { share: true });
      const database = new Database({ url: opened.url, connectionsMax: 1 });
      try {
        const report = await migrate(database);
        const applied =
          report.applied.length > 0 ? `applied ${report.applied.join(', ')}` : 'nothing to apply';
        const spread = report.distributed.length > 0 ? `; distributed ${report.distributed.join(', ')}` : '';
        print(json, report, applied + spread);
      } finally {
        await database.close();
        await opened.stop();
      }
    });
}
