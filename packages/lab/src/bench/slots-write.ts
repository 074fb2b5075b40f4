import { randomBytes, randomUUID } from 'node:crypto';
import { SlotsAnswer, SlotsWrite } from '@kith/protocol/crypto';
import type { Database } from '@kith/server';
import { epochStartMs } from '../harness/clock.ts';
import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { type PrivateRig, startPrivateRig } from './private-rig.ts';

const sidesPerRequest = 1_000;
const requestsPerRound = 5;
const roundsDefault = 9;
const epoch = Math.floor(epochStartMs / (90 * 86_400_000));

/**
 * `slots-write`: new sides of slots a second through HTTP, one client, 1,000 sides a request, durable commits; the ratio is
 * the peer's to ours, at most 2.0.
 *
 * The peer is the bare SQL of the same: one transaction for each 1,000 sides that locks the member, looks for what it
 * has written before, spends three budgets, keeps its 1,000 contacts, writes 1,000 sides of 512 bytes and reads what
 * lies opposite, and appends the ledger entry, from the same driver with every value at hand. Every round is a fresh
 * member's; rounds take turns on the same tables, which hold what the rounds before have written.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const rig = await startPrivateRig({ durable: true });
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    const rounds = options.rounds ?? roundsDefault;
    // The first round warms both.
    for (let round = 0; round <= rounds; round += 1) {
      const [http, sql] = [await throughHttp(rig, round), await throughSql(rig, round)];
      if (round === 0) continue;
      ours.push(http);
      theirs.push(sql);
    }
    return {
      name: 'slots-write',
      value: Math.round(median(ours)),
      unit: 'slots/s',
      peer: 'the bare SQL',
      peerValue: Math.round(median(theirs)),
      ratio: median(ours.map((each, round) => theirs[round]! / each)),
    };
  } finally {
    await rig.stop();
  }
}

const perSecond = (startedMs: number) =>
  (sidesPerRequest * requestsPerRound * 1_000) / (performance.now() - startedMs);

async function throughHttp(rig: PrivateRig, round: number): Promise<number> {
  const { token } = await rig.recruit(`writer-${round}`);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  const messages = Array.from({ length: requestsPerRound }, () => new SlotsWrite(epoch, sides()).serialize());
  const startedMs = performance.now();
  for (const message of messages) {
    const body = message as Uint8Array<ArrayBuffer>;
    const response = await fetch(`${rig.origin}/v1/me/slots`, { method: 'POST', headers, body });
    const { accepted } = SlotsAnswer.deserialize(new Uint8Array(await response.arrayBuffer()));
    if (accepted !== sidesPerRequest) throw new Error(`${accepted} sides were accepted`);
  }
  return perSecond(startedMs);
}

const sides = () =>
  Array.from({ length: sidesPerRequest }, () => ({
    slot: randomBytes(16),
    sideTag: randomBytes(16),
    sealedCard: randomBytes(512),
  }));

/** Everything that one request of the peer sends to the database. */
interface SqlBatch {
  memberId: string;
  tags: Buffer;
  slots: Buffer;
  sides: Buffer;
  payloads: Buffer[];
  scopes: string[];
}

async function throughSql(rig: PrivateRig, round: number): Promise<number> {
  const { id: memberId } = await rig.recruit(`peer-${round}`);
  const scopes = [1, 2, 3].map(() => randomBytes(16).toString('hex'));
  const batches = Array.from({ length: requestsPerRound }, () => batchOf(memberId, scopes));
  const startedMs = performance.now();
  for (const batch of batches) await writeBatch(rig.database, batch);
  return perSecond(startedMs);
}

function batchOf(memberId: string, scopes: string[]): SqlBatch {
  const slots = Array.from({ length: sidesPerRequest }, () => randomBytes(16)).sort(Buffer.compare);
  return {
    memberId,
    scopes,
    tags: randomBytes(16 * sidesPerRequest),
    slots: Buffer.concat(slots),
    sides: Buffer.from(slots.map((slot) => slot[0]! & 1)),
    payloads: slots.map(() => randomBytes(512)),
  };
}

async function writeBatch(database: Database, batch: SqlBatch): Promise<void> {
  const { memberId, tags, slots, sides, payloads, scopes } = batch;
  await database.transaction(async (tx) => {
    await tx.query('select * from members where member_id = $1 for no key update', [memberId]);
    const split = Array.from({ length: sidesPerRequest }, (_, at) => tags.subarray(at * 16, at * 16 + 16));
    await tx.query(
      `select string_agg(tag || '\\x00'::bytea, ''::bytea) from contacts where member_id = $1 and tag = any($2)`,
      [memberId, split],
    );
    await tx.query(`select count(*) from people where viewer_id = $1 and how = 'mutual' and ally`, [
      memberId,
    ]);
    const spend = `insert into budgets as b (scope, unit, tat_ms, extra_spent)
      select decode(s, 'hex'), 'slots', 0, 0 from unnest($1::text[]) as s
      on conflict (scope, unit) do update set tat_ms = b.tat_ms + 1 returning tat_ms`;
    await tx.query(spend, [scopes]);
    await tx.query(spend, [scopes]);
    await tx.query(
      `insert into contacts (member_id, tag, slot, epoch, low, private, waiting_slot)
       select $1, substring($2::bytea from i * 16 + 1 for 16), substring($3::bytea from i * 16 + 1 for 16), $4,
         get_byte($5::bytea, i) = 1, true, false
       from generate_series(0, length($5::bytea) - 1) as i on conflict (member_id, tag) do nothing`,
      [memberId, tags, slots, epoch, sides],
    );
    await tx.query(
      `insert into slots as s (slot, epoch, low_member, high_member, low_payload, high_payload)
       select substring($2::bytea from i * 16 + 1 for 16), $4::integer,
         case get_byte($3::bytea, i) when 0 then $1 end, case get_byte($3::bytea, i) when 1 then $1 end,
         case get_byte($3::bytea, i) when 0 then ($5::bytea[])[i + 1] end,
         case get_byte($3::bytea, i) when 1 then ($5::bytea[])[i + 1] end
       from generate_series(0, length($3::bytea) - 1) as i
       on conflict (slot) do update set low_member = coalesce(s.low_member, excluded.low_member),
         high_member = coalesce(s.high_member, excluded.high_member)
       returning case when low_member is not null and high_member is not null then slot end as slot`,
      [memberId, slots, sides, epoch, payloads],
    );
    await tx.query(
      `insert into ledger (member_id, entry_id, at, kind, body, context_hash, mac, sealed, context_salt, context)
       values ($1, $2, now(), 'sync', '{"way": "private", "numbers": 1000}', $3, $3, false, $4, '{}')`,
      [memberId, randomUUID(), randomBytes(32), randomBytes(16)],
    );
  });
}
