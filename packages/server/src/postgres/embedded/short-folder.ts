import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpenToAll, isRoot, type RunAs } from './run-as.ts';

/** Bytes of a socket's path that every system takes: sun_path is 104 on macOS and 108 on Linux, with the final NUL. */
const socketPathBytesMax = 100;

/** Characters that neither PostgreSQL's settings nor initdb's shell take for their own. */
const plain = /^[\w./@+-]+$/;

export function isPlainPath(path: string): boolean {
  return plain.test(path);
}

/**
 * A folder in the system's temporary place that is ours alone, for what cannot lie beside the data: sockets whose
 * path would be too long, and programs that `nobody` must be able to reach.
 */
export async function ownTemporaryFolder(): Promise<string> {
  const base = await temporaryBase();
  const folder = join(base, `kith-${process.getuid?.() ?? 'user'}`);
  const mode = isRoot ? 0o711 : 0o700;
  await mkdir(folder, { mode }).catch(() => undefined);
  const found = await lstat(folder);
  // In a folder that everybody may write to, another user may have put this name there first.
  const ours =
    found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid) && (found.mode & 0o022) === 0;
  if (ours) {
    await chmod(folder, mode);
    return folder;
  }
  const fresh = await mkdtemp(join(base, 'kith-'));
  await chmod(fresh, mode);
  return fresh;
}

async function temporaryBase(): Promise<string> {
  const folder = tmpdir();
  const fits = isPlainPath(folder) && Buffer.byteLength(folder) <= 60;
  if (process.platform === 'win32' || (fits && (!isRoot || (await isOpenToAll(folder))))) return folder;
  return '/tmp';
}

/** Where the server's socket goes: beside the data where that works, else in the temporary place. */
export async function socketFolder(dataDir: string, runAs: RunAs): Promise<string> {
  const beside = join(dataDir, 'socket');
  const besideFits = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= socketPathBytesMax;
  if (!runAs && besideFits && isPlainPath(beside)) return beside;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return join(await ownTemporaryFolder(), name);
}

/** Makes it, open to the server's user; that it lets others through is no matter, the password does not. */
export async function makeSocketFolder(folder: string, runAs: RunAs): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!runAs) return;
  await chown(folder, runAs.uid, runAs.gid);
  await chmod(folder, 0o711);
}
