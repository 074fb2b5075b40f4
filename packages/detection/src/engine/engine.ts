/** Values that a query may bind as `{name:Type}`; they never enter the SQL text. */
export type SqlParams = Readonly<Record<string, string | number | readonly string[] | readonly number[]>>;

/**
 * The column engine behind the event store: chDB in a process of its own, or a ClickHouse server. Both run the same SQL
 * text; nothing above this interface knows which one it is.
 */
export interface Engine {
  readonly kind: 'chdb' | 'clickhouse';
  /**
   * Counts the times that the engine was lost and came back. A write that was under way then may or may not have happened, so
   * whoever writes at least once looks twice after this has changed.
   */
  readonly generation: number;
  /** Runs a SELECT and returns its rows. 64-bit integers arrive as numbers: select hashes as text. */
  query<Row>(sql: string, params?: SqlParams): Promise<Row[]>;
  /** Runs a statement that returns nothing. */
  command(sql: string, params?: SqlParams): Promise<void>;
  /** Inserts rows given as UTF-8 NDJSON; a block is written whole or not at all, unknown fields are skipped. */
  insertLines(table: string, lines: string): Promise<void>;
  /** Ends the engine; a folder that it made for itself is removed. */
  close(): Promise<void>;
}

/** Limits given to every query, so that a large history spills to disk instead of taking the machine. */
export interface EngineLimits {
  /** Bytes that one query may hold. */
  memoryBytesMax: number;
  /** Threads that one query may use; 0 leaves it to the engine. */
  threadsMax: number;
}

export const defaultLimits: EngineLimits = { memoryBytesMax: 3_000_000_000, threadsMax: 0 };

/** The settings that make both backends answer alike, and spill at half of their memory. */
export function engineSettings(limits: EngineLimits): Record<string, number | string> {
  return {
    max_memory_usage: limits.memoryBytesMax,
    max_bytes_before_external_group_by: Math.floor(limits.memoryBytesMax / 2),
    max_bytes_before_external_sort: Math.floor(limits.memoryBytesMax / 2),
    ...(limits.threadsMax > 0 ? { max_threads: limits.threadsMax } : {}),
    output_format_json_quote_64bit_integers: 0,
    input_format_skip_unknown_fields: 1,
    input_format_null_as_default: 1,
    session_timezone: 'UTC',
  };
}
