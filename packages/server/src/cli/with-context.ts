import { readConfig } from '../config/environment.ts';
import { readKeyEncryptionKey } from '../config/key-file.ts';
import { openDatabase } from '../config/open.ts';
import { readPolicy } from '../config/policy-file.ts';
import type { Context } from '../context.ts';
import { openContext } from '../hall.ts';

/** Runs a command on the same database and keys as `kith serve` in the same environment. */
export async function withContext<Result>(work: (context: Context) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env);
  const { key } = await readKeyEncryptionKey(config);
  const policy = await readPolicy(config.policyFile);
  const database = await openDatabase(config, { share: true });
  try {
    const context = await openContext({ databaseUrl: database.url, keyEncryptionKey: key, policy });
    try {
      return await work(context);
    } finally {
      await context.database.close();
    }
  } finally {
    await database.stop();
  }
}

/** What a command found: a JSON document for scripts, words for people. */
export function print(json: boolean | undefined, document: object, words: string): void {
  process.stdout.write(`${json ? JSON.stringify(document) : words}\n`);
}
