import { randomBytes } from 'node:crypto';
import { Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { uuidv7 } from '../uuidv7.ts';
import { addressIn, isPublicAddress } from './addresses.ts';
import { PrivateAddressError, post } from './post.ts';
import { secretPrefix, signedHeaders } from './signing.ts';
import {
  claim,
  type DeliveryRow,
  deleteWebhook,
  insertDelivery,
  insertWebhook,
  readDead,
  readDue,
  readWebhooks,
  settle,
  type WebhookRow,
} from './store.ts';

export type WebhookEvent = 'members.suspended' | 'members.restored' | 'members.exposed';

/** Seconds between attempts; after the last one the delivery is dead, and shown as such. */
const backoffSecs = [5, 30, 120, 600, 3_600, 4 * 3_600, 12 * 3_600, 24 * 3_600];
const answerMsMax = 15_000;
const deliveriesAtOnce = 50;

const contextOf = (webhookId: string) => `webhook ${webhookId}`;

/** The one address that the host wants to be told at; the secret is shown when it is set, and never again. */
export async function setWebhook(
  context: Context,
  url: string,
): Promise<{ id: string; url: string; secret: string }> {
  const wrong = wrongWith(url, context.privateWebhooks);
  if (wrong !== undefined) throw new Problem('body_invalid', wrong, { at: '/url' });
  for (const { webhookId } of await readWebhooks(context.database))
    await deleteWebhook(context.database, webhookId);
  const secret = randomBytes(32);
  const now = context.now();
  const webhookId = uuidv7(now);
  const secretSealed = context.keyring.sealSecret(secret, contextOf(webhookId));
  await insertWebhook(context.database, { webhookId, url, secretSealed, createdAt: new Date(now) });
  return { id: webhookId, url, secret: secretPrefix + secret.toString('base64') };
}

/** What a name leads to is judged at each delivery. */
function wrongWith(text: string, toPrivate: boolean): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'url must be http or https';
  if (url.username !== '' || url.password !== '') return 'url must have no user name and no password';
  const address = addressIn(url);
  if (toPrivate || address === undefined || isPublicAddress(address)) return undefined;
  return 'url leads to a private address (KITH_WEBHOOK_PRIVATE=on allows these)';
}

export async function listWebhooks(context: Context) {
  const webhooks = await readWebhooks(context.database);
  const dead = await readDead(context.database, 100);
  return {
    webhooks: webhooks.map(({ webhookId, url, createdAt }) => ({
      id: webhookId,
      url,
      createdAt: createdAt.toISOString(),
    })),
    dead: dead.map(({ deliveryId, type, attempts, problem }) => ({
      id: deliveryId,
      type,
      attempts,
      problem: problem ?? '',
    })),
  };
}

/** Queues a message to the host, in the transaction of what it tells. */
export async function announce(
  tx: Transaction,
  context: Context,
  type: WebhookEvent,
  data: object,
): Promise<void> {
  const now = context.now();
  const body = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data });
  for (const { webhookId } of await readWebhooks(tx)) {
    await insertDelivery(tx, { webhookId, deliveryId: uuidv7(now), type, body, nextAt: new Date(now) });
  }
}

/** Makes the deliveries that are due. Returns how many were tried. */
export async function runDeliveries(context: Context): Promise<number> {
  const due = await readDue(context.database, new Date(context.now()), deliveriesAtOnce);
  const webhooks = new Map(
    (await readWebhooks(context.database)).map((webhook) => [webhook.webhookId, webhook]),
  );
  for (const row of due) {
    const webhook = webhooks.get(row.webhookId);
    if (webhook) await deliver(context, webhook, row);
  }
  return due.length;
}

async function deliver(context: Context, webhook: WebhookRow, row: DeliveryRow): Promise<void> {
  const now = context.now();
  const waitSecs = backoffSecs[row.attempts];
  const next = new Date(now + (waitSecs ?? 0) * 1000);
  if (!(await claim(context.database, row, next))) return;
  const problem = await attempt(context, webhook, row, now);
  const state = problem === null ? 'delivered' : waitSecs === undefined ? 'dead' : 'waiting';
  await settle(context.database, { ...row, state, nextAt: next, problem });
}

/** One attempt; what went wrong, or null. */
async function attempt(
  context: Context,
  webhook: WebhookRow,
  row: DeliveryRow,
  now: number,
): Promise<string | null> {
  const secret = context.keyring.openSecret(webhook.secretSealed, contextOf(webhook.webhookId));
  try {
    const headers = {
      'content-type': 'application/json',
      ...signedHeaders(secret, row.deliveryId, row.body, now),
    };
    const { privateWebhooks: toPrivate } = context;
    const status = await post(webhook.url, { headers, body: row.body, answerMsMax, toPrivate });
    return status >= 200 && status < 300 ? null : `answered ${status}`;
  } catch (error) {
    if (error instanceof PrivateAddressError) return 'leads to a private address';
    return error instanceof Error && error.name === 'TimeoutError'
      ? 'no answer in time'
      : 'cannot be reached';
  }
}
