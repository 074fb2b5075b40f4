import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/index.ts';

/**
 * Counts rows while the engine is busy writing them, without asking it: every part that it has written stands in its folder
 * with its count. Merging is stopped, so no part goes away; tables of one pass need none.
 */
export class RowsOnDisk {
  readonly #folders: readonly string[];
  readonly #counts = new Map<string, number>();

  private constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  static async of(engine: Engine, database: string, tables: readonly string[]): Promise<RowsOnDisk> {
    for (const table of tables) await engine.command(`SYSTEM STOP MERGES ${database}.${table}`);
    const rows = await engine.query<{ folder: string }>(
      'SELECT arrayJoin(data_paths) AS folder FROM system.tables WHERE database = {database:String} AND name IN {tables:Array(String)}',
      { database, tables },
    );
    return new RowsOnDisk(rows.map(({ folder }) => folder));
  }

  /** Rows in whole parts so far; never throws. */
  async count(): Promise<number> {
    for (const folder of this.#folders) {
      const parts = await readdir(folder).catch(() => []);
      for (const part of parts) {
        const path = join(folder, part, 'count.txt');
        if (!part.startsWith('all_') || this.#counts.has(path)) continue;
        const rows = Number(await readFile(path, 'utf8').catch(() => ''));
        if (rows > 0) this.#counts.set(path, rows);
      }
    }
    return [...this.#counts.values()].reduce((sum, rows) => sum + rows, 0);
  }
}
