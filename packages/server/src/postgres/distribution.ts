import type { Queryable } from './database.ts';

/** Each table and the column that says on which shard a row lives. */
export const distributionColumns = {
  members: 'member_id',
  directory: 'tag',
  contacts: 'member_id',
  slots: 'slot',
  people: 'viewer_id',
  lookups: 'member_id',
  reveals: 'viewer_id',
  budgets: 'scope',
  keyring: 'name',
  service_keys: 'key_id',
  open_entries: 'tag',
  open_days: 'day',
  buckets: 'prefix',
  evaluations: 'member_id',
  evaluation_counts: 'member_id',
  cursors: 'name',
  asked: 'tag',
  rings: 'ring_id',
  ring_members: 'ring_id',
  actions: 'action_id',
  withdrawn: 'action_id',
  cases: 'case_id',
  case_rings: 'case_id',
  case_records: 'case_id',
  case_runs: 'case_id',
  case_accounts: 'case_id',
  case_activity: 'case_id',
  case_reveals: 'case_id',
  case_exposed: 'case_id',
  case_tried: 'case_id',
  webhooks: 'webhook_id',
  deliveries: 'webhook_id',
  analysts: 'name_key',
  analyst_subjects: 'subject',
  sessions: 'token_hash',
  sign_in_failures: 'scope',
  watch_runs: 'name',
  ledger: 'member_id',
  ledger_leaves: 'leaf_index',
  ledger_tiles: 'tile',
  ledger_checkpoints: 'size',
} as const satisfies Record<string, string>;

/** Spreads the tables over the cluster when the Citus extension is there. Returns the tables newly distributed. */
export async function distributeTables(database: Queryable): Promise<string[]> {
  const [citus] = await database.query(`select 1 as one from pg_extension where extname = 'citus'`);
  if (!citus) return [];
  const done = await database.query<{ name: string }>(
    `select logicalrelid::regclass::text as name from pg_dist_partition`,
  );
  const distributed = new Set(done.map((row) => row.name.replace(/^.*\./, '')));
  const missing = Object.entries(distributionColumns).filter(([table]) => !distributed.has(table));
  for (const [table, column] of missing) {
    await database.query(`select create_distributed_table($1::regclass, $2)`, [table, column]);
  }
  return missing.map(([table]) => table);
}
