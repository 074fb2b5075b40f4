import { createHmac } from 'node:crypto';

/** Standard Webhooks: the secret as it is shown, `whsec_` and base64 of 32 bytes. */
export const secretPrefix = 'whsec_';

/**
 * The three headers of Standard Webhooks 1.0: an id that repeats with every attempt, the time of this attempt, and
 * `v1,` with the HMAC-SHA-256 of `id.timestamp.body`.
 */
export function signedHeaders(
  secret: Uint8Array,
  id: string,
  body: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
