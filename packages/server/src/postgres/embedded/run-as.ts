import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The user that PostgreSQL's programs run as; `undefined` means the user that we are. */
export type RunAs = { uid: number; gid: number } | undefined;

/** `nobody` on every Linux; PostgreSQL refuses to run as root. */
const nobody = { uid: 65_534, gid: 65_534 };

export const isRoot: boolean = process.getuid?.() === 0;

/**
 * Root hands the cluster to `nobody`, or to whoever already owns it, so that `sudo` after an ordinary start works
 * on the same data.
 */
export async function chooseRunAs(clusterDir: string): Promise<RunAs> {
  if (!isRoot) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody;
}

/** Whether any user at all may walk down to `path`: the x bit for others on each folder above it and on itself. */
export async function isOpenToAll(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * What the programs see of our environment. Nothing else goes along: a service's secrets stand in environment
 * variables, and PG* variables would change what the programs do.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'SystemRoot', 'TEMP', 'TMP'];
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
}
