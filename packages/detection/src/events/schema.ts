/**
 * The event table. It is sorted by member, because every question is asked per member first: one pass in that order needs no
 * memory to speak of. Equal (member, at, id) are one event: the engine drops the copy when it merges.
 */
export const createEventsSql = (table: string): string => `
CREATE TABLE IF NOT EXISTS ${table} (
  member String,
  at Int64 CODEC(Delta, ZSTD(1)),
  id String CODEC(ZSTD(1)),
  created Int64 CODEC(ZSTD(1)),
  prefix String CODEC(ZSTD(1)),
  asn UInt32,
  operator LowCardinality(String),
  country LowCardinality(String),
  network LowCardinality(String),
  device String CODEC(ZSTD(1)),
  client LowCardinality(String),
  way LowCardinality(String),
  discoverable LowCardinality(String),
  numbers_new UInt32,
  numbers_repeated UInt32,
  numbers_rejected UInt32,
  numbers_waiting UInt32,
  slots_met UInt32,
  slots_met_established UInt32,
  reveals UInt32,
  canaries UInt32,
  followed UInt32,
  sketched UInt32,
  solitary UInt32,
  in_runs UInt32,
  number_prefixes UInt32,
  number_country LowCardinality(String),
  number_country_count UInt32
) ENGINE = ReplacingMergeTree ORDER BY (member, at, id)
SETTINGS index_granularity = 8192`;

export const eventsTableName = 'events';
