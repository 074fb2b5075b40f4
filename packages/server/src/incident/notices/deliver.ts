import { Problem } from '@kith/protocol';
import { record } from '../../cases/cases.ts';
import type { Context } from '../../context.ts';
import { insertDelivery, readWebhooks } from '../../webhooks/store.ts';
import type { WebhookEvent } from '../../webhooks/webhooks.ts';
import { kithId } from '../outputs/ids.ts';
import { openSource } from '../outputs/source.ts';
import { type NoticeOptions, nextNotices } from './notices.ts';

/** Notices in one message to the host. */
const noticesAtOnce = 100;

/**
 * Queues one notice for every exposed member as signed messages to the host. Each page is a transaction, and a message
 * has the same id whenever it is queued: asked again after a crash, this goes on and repeats nothing.
 *
 * @returns how many notices were queued that had not been queued before
 * @throws Problem `case_unknown`, `case_not_computed`, `webhook_missing`
 */
export async function queueNotices(
  context: Context,
  caseId: string,
  by: string,
  options: NoticeOptions = {},
): Promise<{ queued: number }> {
  const { run, document } = await openSource(context, caseId);
  if ((await readWebhooks(context.database)).length === 0) throw new Problem('webhook_missing');
  let queued = 0;
  for (let after = ''; ; ) {
    const page = await nextNotices(context, run, {
      ...options,
      host: document.host,
      after,
      limit: noticesAtOnce,
    });
    if (page.length === 0) break;
    const last = page.at(-1)!.member;
    const id = kithId(`notices/${run.caseId}/${run.run}/${after}`);
    const fresh = await queue(context, id, { case: caseId, notices: page });
    if (fresh) queued += page.length;
    after = last;
  }
  await context.database.transaction((tx) => record(tx, context, caseId, by, { what: 'notices', queued }));
  return { queued };
}

async function queue(context: Context, deliveryId: string, data: object): Promise<boolean> {
  const type: WebhookEvent = 'members.exposed';
  const now = context.now();
  const body = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data });
  return context.database.transaction(async (tx) => {
    const fresh: boolean[] = [];
    for (const { webhookId } of await readWebhooks(tx)) {
      fresh.push(await insertDelivery(tx, { webhookId, deliveryId, type, body, nextAt: new Date(now) }));
    }
    return fresh.includes(true);
  });
}
