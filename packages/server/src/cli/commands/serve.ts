import { Command } from 'commander';
import { readConfig, variables } from '../../config/environment.ts';
import { readKeyEncryptionKey } from '../../config/key-file.ts';
import { openDatabase } from '../../config/open.ts';
import { startService } from '../service.ts';
import { stopRequested, table } from '../terminal/index.ts';
import { print } from '../with-context.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the service on DATABASE_URL (PostgreSQL 15 or newer), or on an embedded PostgreSQL')
    .option('--port <n>', 'port to listen on (over PORT); 0 takes any free one')
    .option('--host <address>', 'address to listen on (over HOST)')
    .option('--policy <file>', 'JSON file that overrides parts of the default policy (over KITH_POLICY)')
    .option('--json', 'print one JSON document when listening')
    .addHelpText(
      'after',
      () =>
        `\nEnvironment:\n${table(Object.entries(variables).map(([name, meaning]) => ({ name, meaning })))}`,
    )
    .action(
      async ({ json, ...options }: { json?: boolean; port?: string; host?: string; policy?: string }) => {
        const config = readConfig({
          ...process.env,
          ...(options.port !== undefined && { PORT: options.port }),
          ...(options.host !== undefined && { HOST: options.host }),
          ...(options.policy !== undefined && { KITH_POLICY: options.policy }),
        });
        const { key, madeAt } = await readKeyEncryptionKey(config);
        if (madeAt)
          process.stderr.write(
            `kith: made a key-encryption key in ${madeAt}; back it up, nothing opens without it\n`,
          );
        const database = await openDatabase(config);
        try {
          const hall = await startService(config, { databaseUrl: database.url, keyEncryptionKey: key });
          print(json, { origin: hall.origin, pid: process.pid }, `kith is listening on ${hall.origin}`);
          await stopRequested();
          await hall.stop();
        } finally {
          await database.stop();
        }
      },
    );
}
