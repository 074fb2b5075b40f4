import { glob, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WatchError } from '../errors.ts';

/** The name under which stdin is given and reported. */
export const stdinName = '-';

const depthMax = 8;

/**
 * The files that the user means: paths as they are, every file below a folder (hidden ones apart), patterns spelt out. Each
 * file once, in the order of their names, which no finding depends on.
 *
 * @throws WatchError `log_unreadable` where nothing is meant, or a pattern or a folder holds nothing.
 */
export async function expandLogs(patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of patterns) found.push(...(await expandOne(pattern)));
  if (found.length === 0) throw new WatchError('log_unreadable', 'No log was given');
  return [...new Set(found)];
}

async function expandOne(pattern: string): Promise<string[]> {
  if (pattern === stdinName) return [stdinName];
  const kind = await kindOf(pattern);
  if (kind === 'folder') {
    const inside = await filesBelow(pattern, 0);
    if (inside.length === 0) throw new WatchError('log_unreadable', `${pattern} is a folder without a file`);
    return inside;
  }
  // A file may well have a bracket in its name: what exists is meant as it stands.
  if (kind !== 'absent' || !/[*?[{]/.test(pattern)) return [pattern];
  const matches: string[] = [];
  for await (const match of glob(pattern)) {
    if ((await kindOf(match)) === 'file') matches.push(match);
  }
  if (matches.length === 0) throw new WatchError('log_unreadable', `${pattern} matches no file`);
  return matches.sort();
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'absent'> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 'absent';
  return found.isDirectory() ? 'folder' : 'file';
}

async function filesBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new WatchError('log_unreadable', `${folder} cannot be listed`, { cause });
  });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && depth < depthMax) files.push(...(await filesBelow(path, depth + 1)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await kindOf(path)) === 'file')) files.push(path);
  }
  return files;
}
