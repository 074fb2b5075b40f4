import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/index.ts';

const leftOverAfterSecs = 86_400;

/** The scratch tables of one run; their names are its own, so that runs may overlap. */
export class RunTables {
  readonly #engine: Engine;
  readonly #database: string;
  readonly #prefix: string;
  readonly #made: string[] = [];

  constructor(engine: Engine, database: string) {
    this.#engine = engine;
    this.#database = database;
    this.#prefix = `run_${Math.floor(Date.now() / 1000)}_${randomUUID().slice(0, 8)}`;
  }

  async create(name: string, select: string, orderBy = 'tuple()'): Promise<string> {
    const table = this.name(name);
    await this.#engine.command(`CREATE TABLE ${table} ENGINE = MergeTree ORDER BY ${orderBy} AS ${select}`);
    return table;
  }

  /** @param selects queries of equal columns, which are read side by side. */
  async createFromLanes(name: string, selects: readonly string[]): Promise<string> {
    const table = this.name(name);
    await this.#engine.command(
      `CREATE TABLE ${table} ENGINE = MergeTree ORDER BY tuple() EMPTY AS ${selects[0]}`,
    );
    await Promise.all(selects.map((select) => this.#engine.command(`INSERT INTO ${table} ${select}`)));
    return table;
  }

  async createEmpty(name: string, columns: string, orderBy: string): Promise<string> {
    const table = this.name(name);
    await this.#engine.command(`CREATE TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY ${orderBy}`);
    return table;
  }

  name(name: string): string {
    const table = `${this.#database}.${this.#prefix}_${name}`;
    if (!this.#made.includes(table)) this.#made.push(table);
    return table;
  }

  async drop(): Promise<void> {
    for (const table of this.#made) await this.#engine.command(`DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

/** Removes what runs that died left behind more than a day ago. */
export async function dropLeftOvers(engine: Engine, database: string, nowMs: number): Promise<void> {
  const rows = await engine.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = {database:String} AND match(name, '^run_[0-9]+_')`,
    { database },
  );
  for (const { name } of rows) {
    const made = Number(name.split('_')[1]);
    if (nowMs / 1000 - made < leftOverAfterSecs) continue;
    await engine.command(`DROP TABLE IF EXISTS ${database}.${name} SYNC`);
  }
}
