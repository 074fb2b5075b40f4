import { Problem } from '@kith/protocol';
import pg from 'pg';

/** One connection in one transaction, or the pool: stores take either and never know which. */
export interface Queryable {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
}

export interface Transaction extends Queryable {
  /** The raw connection, for COPY streams. */
  readonly connection: pg.PoolClient;
  /** Runs `work` when all else is done, as a part of the transaction; what is gathered meanwhile can go in one statement. */
  beforeCommit(work: () => Promise<void>): void;
}

/** SQLSTATEs after which the same transaction is worth running again: serialization, deadlock. */
const retryable = new Set(['40001', '40P01']);

/** Somebody else has just made the row that this transaction was about to make; when it runs again, the row is there. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
  /** Serialization failure, which is what it is. */
  readonly code = '40001';
}

/** SQLSTATE classes and codes that mean the database cannot serve now: connection, resources, shutdown. */
const unavailable = /^(08|53|57P|58030)/;
const networkErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

const transactionAttemptsMax = 6;

export interface DatabaseOptions {
  url: string;
  connectionsMax?: number;
  /** Told of errors on idle connections, which would otherwise end the process. */
  onIdleError?: (error: Error) => void;
}

/** The truth: PostgreSQL 15 or newer, alone or as a Citus coordinator. */
export class Database implements Queryable {
  readonly #pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.connectionsMax ?? 10,
      connectionTimeoutMillis: 5_000,
      application_name: 'kith',
    });
    this.#pool.on('error', (error) => options.onIdleError?.(error));
    // A connection lost while in use fails its query, which is enough; unheard, the event would end the process.
    this.#pool.on('connect', (connection) => connection.on('error', () => {}));
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await this.#pool.query(text, values as unknown[])).rows as Row[];
    } catch (error) {
      throw translate(error);
    }
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED), again from the start when the database chose it as the
   * victim of a deadlock. Nothing of a failed attempt remains, so `work` must have no effects elsewhere.
   *
   * @throws Problem `database_unavailable` when the database cannot be reached or has no room.
   */
  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (attempt >= transactionAttemptsMax || !retryable.has(sqlState(error))) throw translate(error);
        await new Promise((resolve) => setTimeout(resolve, 2 ** attempt + Math.random() * 10));
      }
    }
  }

  async #attempt<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const connection = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await connection.query('begin');
      const tx = new PoolTransaction(connection);
      const result = await work(tx);
      await tx.finish();
      await connection.query('commit');
      return result;
    } catch (error) {
      // A connection that cannot roll back is not returned to the pool.
      await connection.query('rollback').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      throw error;
    } finally {
      connection.release(broken);
    }
  }

  /** A connection of one's own, for session locks and COPY; released by the caller's `work` ending. */
  async connected<Result>(work: (connection: pg.PoolClient) => Promise<Result>): Promise<Result> {
    let connection: pg.PoolClient;
    try {
      connection = await this.#pool.connect();
    } catch (error) {
      throw translate(error);
    }
    let failed: Error | undefined;
    try {
      return await work(connection);
    } catch (error) {
      failed = error as Error;
      throw translate(error);
    } finally {
      connection.release(failed);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

class PoolTransaction implements Transaction {
  readonly connection: pg.PoolClient;
  readonly #last: (() => Promise<void>)[] = [];

  constructor(connection: pg.PoolClient) {
    this.connection = connection;
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.connection.query(text, values as unknown[])).rows as Row[];
  }

  beforeCommit(work: () => Promise<void>): void {
    this.#last.push(work);
  }

  async finish(): Promise<void> {
    for (const work of this.#last) await work();
  }
}

/** The SQLSTATE of a database error, or the system's error code, or ''. */
export function sqlState(error: unknown): string {
  return String((error as { code?: unknown })?.code ?? '');
}

function translate(error: unknown): unknown {
  const code = sqlState(error);
  const lost =
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
  if (!lost && !unavailable.test(code) && !networkErrors.has(code)) return error;
  return new Problem('database_unavailable', undefined, { retryAfterSecs: 2 });
}
