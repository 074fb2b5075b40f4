import { type EventStore, isSyncSql, type NetworkKind } from '@kith/detection';
import type { Queryable } from '../postgres/database.ts';

/** What an account did, and where its traffic left from last. */
export interface AccountFigures {
  country: string;
  asn: number;
  operator: string;
  network: NetworkKind;
  syncs: number;
  numbers: number;
  met: number;
  reveals: number;
}

export const noFigures: AccountFigures = {
  country: '',
  asn: 0,
  operator: '',
  network: 'unknown',
  syncs: 0,
  numbers: 0,
  met: 0,
  reveals: 0,
};

const membersAtOnce = 5_000;

/** Figures of accounts by id, from the event store where there is one, else from the ledger. */
export async function figuresOf(
  sources: { database: Queryable; events: EventStore | undefined },
  memberIds: readonly string[],
): Promise<Map<string, AccountFigures>> {
  const figures = new Map<string, AccountFigures>();
  for (let start = 0; start < memberIds.length; start += membersAtOnce) {
    const ids = memberIds.slice(start, start + membersAtOnce);
    const rows = sources.events
      ? await fromEvents(sources.events, ids)
      : await fromLedger(sources.database, ids);
    for (const { member, ...each } of rows) figures.set(member, each);
  }
  return figures;
}

type FigureRow = AccountFigures & { member: string };

function fromEvents({ engine, table }: EventStore, members: readonly string[]): Promise<FigureRow[]> {
  return engine.query(
    `SELECT member, argMaxIf(country, at, prefix != '') AS country, argMaxIf(asn, at, prefix != '') AS asn,
       argMaxIf(operator, at, prefix != '') AS operator, argMaxIf(network, at, prefix != '') AS network,
       countIf(${isSyncSql}) AS syncs, sum(numbers_new) AS numbers, sum(slots_met) AS met, sum(reveals) AS reveals
     FROM (SELECT DISTINCT * FROM ${table} WHERE member IN {members:Array(String)}) GROUP BY member`,
    { members },
  );
}

/**
 * Reveals are on record with those who were revealed: what an account sees is counted where it is shown. Numbers of
 * autonomous systems have 32 bits (RFC 6793), one more than an `integer` has for them.
 */
async function fromLedger(db: Queryable, memberIds: readonly string[]): Promise<FigureRow[]> {
  const syncs = await db.query<FigureRow>(
    `select member_id as member, count(*)::integer as syncs,
       coalesce(sum((body::jsonb ->> 'new')::integer), 0)::integer as numbers,
       coalesce((array_agg(context::jsonb ->> 'country' order by at desc))[1], '') as country,
       coalesce((array_agg((context::jsonb ->> 'network')::float8 order by at desc))[1], 0) as asn,
       coalesce((array_agg(context::jsonb ->> 'operator' order by at desc))[1], '') as operator,
       coalesce((array_agg(context::jsonb ->> 'networkKind' order by at desc))[1], 'unknown') as network
     from ledger where member_id = any($1) and kind = 'sync' group by member_id`,
    [memberIds],
  );
  const seen = await db.query<{ member: string; met: number; reveals: number }>(
    `select viewer_id as member, (count(*) filter (where how = 'mutual'))::integer as met,
       (count(*) filter (where how = 'number'))::integer as reveals
     from people where viewer_id = any($1) group by viewer_id`,
    [memberIds],
  );
  const rows = new Map(syncs.map((row) => [row.member, { ...noFigures, ...row }]));
  for (const { member, met, reveals } of seen)
    rows.set(member, { ...noFigures, ...rows.get(member), member, met, reveals });
  return [...rows.values()];
}

/** A time, ms since 1970; `to` is not part of it. */
export interface Span {
  from: number;
  to: number;
}

/** Which of them synced in a time. */
export async function activeAmong(
  sources: { database: Queryable; events: EventStore | undefined },
  memberIds: readonly string[],
  span: Span,
): Promise<Set<string>> {
  const active = new Set<string>();
  for (let start = 0; start < memberIds.length; start += membersAtOnce) {
    const members = memberIds.slice(start, start + membersAtOnce);
    const rows = sources.events
      ? await sources.events.engine.query<{ member: string }>(
          `SELECT DISTINCT member FROM ${sources.events.table}
           WHERE member IN {members:Array(String)} AND ${isSyncSql} AND at >= {from:Int64} AND at < {to:Int64}`,
          { members, ...span },
        )
      : await sources.database.query<{ member: string }>(
          `select distinct member_id as member from ledger
           where member_id = any($1) and kind = 'sync' and at >= $2 and at < $3`,
          [members, new Date(span.from), new Date(span.to)],
        );
    for (const { member } of rows) active.add(member);
  }
  return active;
}
