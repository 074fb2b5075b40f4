import type { Queryable, Transaction } from '../../postgres/database.ts';

/** Suspends those who are not yet; returns who they were. */
export async function suspend(tx: Transaction, memberIds: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string; tag: Buffer | null }>(
    `update members set suspended_at = $2, waiting_at = null, reveal_at = null
     where member_id = any($1) and suspended_at is null returning member_id as id, phone_tag as tag`,
    [memberIds, now],
  );
  const tags = rows.flatMap((row) => (row.tag ? [row.tag] : []));
  await tx.query(`update directory set open = false where tag = any($1)`, [tags]);
  return rows.map((row) => row.id);
}

/** Lets members act again, as they could before. Those who were erased or recreated since are passed over. */
export async function restore(
  tx: Transaction,
  memberIds: readonly string[],
  suspendedAt: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string; tag: Buffer | null; open: boolean }>(
    `update members set suspended_at = null where member_id = any($1) and suspended_at = $2
     returning member_id as id, phone_tag as tag, discoverable = 'anyone' as open`,
    [memberIds, suspendedAt],
  );
  const tags = rows.flatMap((row) => (row.tag && row.open ? [row.tag] : []));
  await tx.query(`update directory set open = true where tag = any($1)`, [tags]);
  return rows.map((row) => row.id);
}

export async function deleteOpenEntries(tx: Queryable, memberIds: readonly string[]): Promise<void> {
  await tx.query(`delete from open_entries where member_id = any($1)`, [memberIds]);
  await tx.query(`update members set open_version = null where member_id = any($1)`, [memberIds]);
}

export interface WithdrawnRow {
  withdrawnId: string;
  memberId: string;
  what: 'suspension' | 'lookup' | 'reveal';
  row: Record<string, unknown>;
}

/** Takes what waits for these members, and what waits to show them to others. */
export async function takeWaiting(
  tx: Transaction,
  memberIds: readonly string[],
): Promise<Omit<WithdrawnRow, 'withdrawnId'>[]> {
  const lookups = await tx.query<LookupRow>(
    `delete from lookups where member_id = any($1) returning member_id, lookup_id, tags, scopes, sketch`,
    [memberIds],
  );
  const own = await tx.query<RevealRow>(takeReveals('viewer_id'), [memberIds]);
  const others = await tx.query<RevealRow>(takeReveals('subject_id'), [memberIds]);
  return [
    ...lookups.map(({ member_id: memberId, tags, ...row }) => ({
      memberId,
      what: 'lookup' as const,
      row: { ...row, tags: tags.toString('hex') },
    })),
    ...[...own, ...others].map(({ viewer_id: memberId, ...row }) => ({
      memberId,
      what: 'reveal' as const,
      row: { ...row },
    })),
  ];
}

interface LookupRow {
  member_id: string;
  lookup_id: string;
  tags: Buffer;
  scopes: unknown;
  sketch: unknown;
}

interface RevealRow {
  viewer_id: string;
  subject_id: string;
  scopes: unknown;
  ripe_at: Date;
}

// Bare columns: whatever depends on a session's settings, such as times in JSON, Citus refuses in RETURNING.
const takeReveals = (column: 'viewer_id' | 'subject_id') =>
  `delete from reveals where ${column} = any($1) returning viewer_id, subject_id, scopes, ripe_at`;

export async function keep(tx: Transaction, actionId: string, rows: readonly WithdrawnRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into withdrawn (action_id, withdrawn_id, member_id, what, row)
     select $1, i, m, w, r::jsonb from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as given (i, m, w, r)`,
    [
      actionId,
      rows.map((row) => row.withdrawnId),
      rows.map((row) => row.memberId),
      rows.map((row) => row.what),
      rows.map((row) => JSON.stringify(row.row)),
    ],
  );
}

export async function takeKept(tx: Transaction, actionId: string): Promise<WithdrawnRow[]> {
  return tx.query(
    `delete from withdrawn where action_id = $1
     returning withdrawn_id::text as "withdrawnId", member_id as "memberId", what, row`,
    [actionId],
  );
}

/** What was taken from a member, or of it, is gone with the member: nobody gets it back. */
export async function forgetKept(tx: Transaction, memberId: string): Promise<void> {
  await tx.query(`delete from withdrawn where member_id = $1 or row ->> 'subject_id' = $1`, [memberId]);
}

/** Puts back what waited, except for members who are gone. */
export async function giveBack(
  tx: Transaction,
  rows: readonly WithdrawnRow[],
  alive: ReadonlySet<string>,
): Promise<void> {
  for (const { memberId, what, row } of rows) {
    if (!alive.has(memberId)) continue;
    if (what === 'lookup') {
      await tx.query(
        `insert into lookups (member_id, lookup_id, tags, scopes, sketch) values ($1, $2, decode($3, 'hex'), $4, $5)
         on conflict do nothing`,
        [
          memberId,
          row.lookup_id,
          row.tags,
          JSON.stringify(row.scopes),
          row.sketch ? JSON.stringify(row.sketch) : null,
        ],
      );
    } else if (what === 'reveal') {
      await tx.query(
        `insert into reveals (viewer_id, subject_id, scopes, ripe_at) values ($1, $2, $3, $4) on conflict do nothing`,
        [memberId, row.subject_id, JSON.stringify(row.scopes), row.ripe_at],
      );
    }
  }
}

/** Workers look at what waits for these members again. */
export async function wake(tx: Transaction, memberIds: readonly string[], now: Date): Promise<void> {
  await tx.query(`update members set waiting_at = $2, reveal_at = $2 where member_id = any($1)`, [
    memberIds,
    now,
  ]);
}
