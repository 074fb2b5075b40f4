/**
 * What the embedded server is told, beyond PostgreSQL's own defaults. It serves one Kith on one machine: nobody
 * replicates from it, and nobody but us reads its log.
 */
const settings: Record<string, string> = {
  shared_buffers: '256MB',
  max_connections: '50',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Our statements are short and many; compiling them costs more than it saves.
  jit: 'off',
  // No replicas, so bulk loads may skip the log for tables made in the same transaction.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  // Keyed tags land on random pages: whole pages in the log are what a sync writes most of.
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  // Statements and constraint details could hold what may not be logged: keep only the server's own doings.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** For tests alone: a power cut ruins the cluster. */
const throwaway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** As arguments for `postgres`; `extra` wins over all. */
export function settingArguments(isDurable: boolean, extra: Record<string, string>): string[] {
  const all = { ...settings, ...(isDurable ? durable : throwaway), ...extra };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
