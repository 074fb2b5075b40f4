import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KithStore } from './kith-store.ts';

/** Keeps each value in a file of a folder that only its owner may read; for Node. */
export class FileStore implements KithStore {
  readonly #folder: string;
  #writes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return new Uint8Array(await readFile(this.#pathOf(name)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Written aside and renamed, so that a process killed in between leaves the old value. */
  async put(name: string, value: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const aside = join(this.#folder, `.${process.pid}-${this.#writes++}`);
    await writeFile(aside, value, { mode: 0o600, flush: true });
    await rename(aside, this.#pathOf(name));
  }

  async delete(name: string): Promise<void> {
    await rm(this.#pathOf(name), { force: true });
  }

  async keys(prefix: string): Promise<string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files
      .filter((file) => !file.startsWith('.'))
      .map(decodeURIComponent)
      .filter((name) => name.startsWith(prefix));
  }

  #pathOf(name: string): string {
    return join(this.#folder, encodeURIComponent(name));
  }
}
