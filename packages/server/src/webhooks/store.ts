import type { Queryable } from '../postgres/database.ts';

export interface WebhookRow {
  webhookId: string;
  url: string;
  secretSealed: Buffer;
  createdAt: Date;
}

const columns = `webhook_id::text as "webhookId", url, secret_sealed as "secretSealed", created_at as "createdAt"`;

export async function readWebhooks(db: Queryable): Promise<WebhookRow[]> {
  return db.query(`select ${columns} from webhooks order by created_at, webhook_id`);
}

export async function insertWebhook(db: Queryable, row: WebhookRow): Promise<void> {
  await db.query(
    `insert into webhooks (webhook_id, url, secret_sealed, created_at) values ($1, $2, $3, $4)`,
    [row.webhookId, row.url, row.secretSealed, row.createdAt],
  );
}

export async function deleteWebhook(db: Queryable, webhookId: string): Promise<void> {
  await db.query(`delete from webhooks where webhook_id = $1`, [webhookId]);
  await db.query(`delete from deliveries where webhook_id = $1`, [webhookId]);
}

export interface DeliveryRow {
  webhookId: string;
  deliveryId: string;
  type: string;
  body: string;
  attempts: number;
  state: 'waiting' | 'delivered' | 'dead';
  nextAt: Date;
  problem: string | null;
}

const deliveryColumns = `webhook_id::text as "webhookId", delivery_id::text as "deliveryId", type, body, attempts, state,
  next_at as "nextAt", problem`;

/** Returns whether it is new: one with an id of the caller's own is queued once, however often it is asked for. */
export async function insertDelivery(
  tx: Queryable,
  row: Pick<DeliveryRow, 'webhookId' | 'deliveryId' | 'type' | 'body' | 'nextAt'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into deliveries (webhook_id, delivery_id, type, body, attempts, state, next_at)
     values ($1, $2, $3, $4, 0, 'waiting', $5) on conflict do nothing returning 1 as one`,
    [row.webhookId, row.deliveryId, row.type, row.body, row.nextAt],
  );
  return rows.length === 1;
}

export async function readDue(db: Queryable, now: Date, limit: number): Promise<DeliveryRow[]> {
  return db.query(
    `select ${deliveryColumns} from deliveries where state = 'waiting' and next_at <= $1 order by next_at limit $2`,
    [now, limit],
  );
}

/** Takes a delivery for one attempt: of two servers that see it due, one makes it. */
export async function claim(db: Queryable, row: DeliveryRow, until: Date): Promise<boolean> {
  const rows = await db.query(
    `update deliveries set attempts = attempts + 1, next_at = $4
     where webhook_id = $1 and delivery_id = $2 and state = 'waiting' and attempts = $3 returning 1 as one`,
    [row.webhookId, row.deliveryId, row.attempts, until],
  );
  return rows.length === 1;
}

export async function settle(
  db: Queryable,
  row: Pick<DeliveryRow, 'webhookId' | 'deliveryId' | 'state' | 'nextAt' | 'problem'>,
): Promise<void> {
  await db.query(
    `update deliveries set state = $3, next_at = $4, problem = $5 where webhook_id = $1 and delivery_id = $2`,
    [row.webhookId, row.deliveryId, row.state, row.nextAt, row.problem],
  );
}

export async function readDead(db: Queryable, limit: number): Promise<DeliveryRow[]> {
  return db.query(
    `select ${deliveryColumns} from deliveries where state = 'dead' order by delivery_id desc limit $1`,
    [limit],
  );
}
