import { type ChdbOptions, openChdb } from './chdb-engine.ts';
import { openClickHouse } from './clickhouse-engine.ts';
import type { Engine, EngineLimits } from './engine.ts';

export { type ChdbOptions, chdbInstalled, openChdb } from './chdb-engine.ts';
export { type ClickHouseOptions, openClickHouse } from './clickhouse-engine.ts';
export { defaultLimits, type Engine, type EngineLimits, type SqlParams } from './engine.ts';

export interface EngineOptions extends ChdbOptions {
  /** A ClickHouse server; without it, chDB is used. */
  url?: string;
  limits?: EngineLimits;
}

/** Opens ClickHouse where a `url` is given, and chDB otherwise. Errors: see `openClickHouse` and `openChdb`. */
export function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const { url, ...rest } = options;
  return url ? openClickHouse({ url, ...(rest.limits ? { limits: rest.limits } : {}) }) : openChdb(rest);
}
