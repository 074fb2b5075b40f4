import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type TestKith } from '../harness/start-kith.ts';

const bodyMs = 1_500;

describe('clients that mean no good', () => {
  let kith: TestKith;
  beforeAll(async () => {
    kith = await startKith({ limits: { bodyMs } });
    for (const id of ['rude', 'good']) await kith.host.putMember(id, { card: { name: id, handle: id } });
  });
  afterAll(() => kith.stop());

  const put = async (id: string, body: string) =>
    fetch(`${kith.origin}/v1/me/contacts`, {
      method: 'PUT',
      body,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await kith.host.memberToken(id)}`,
      },
    });

  it('send a byte a second: they are told that time is up, others are served meanwhile', async () => {
    const token = await kith.host.memberToken('rude');
    const head = [
      'PUT /v1/me/contacts HTTP/1.1',
      'host: kith',
      'content-type: application/json',
      'content-length: 1000',
      `authorization: Bearer ${token}`,
      '',
      '',
    ].join('\r\n');
    const slow = await Promise.all(Array.from({ length: 20 }, () => drip(kith.origin, head)));
    const startedMs = performance.now();
    expect((await put('good', '{"numbers":["+447946000001"]}')).status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    for (const { answer } of slow) expect(await answer).toMatch(/^HTTP\/1\.1 (408|429) /);
    expect((await Promise.all(slow.map(({ answer }) => answer))).join()).toContain('"code":"body_timeout"');
  });

  it('send 50,000 numbers of rubbish: each is named by its index, nothing is charged, others are served', async () => {
    const rubbish = Array.from(
      { length: 50_000 },
      (_, n) => ['', '☎️', `+${n}`, 'x'.repeat(20), '+4479'][n % 5],
    );
    const slow = put('rude', JSON.stringify({ numbers: rubbish }));
    const startedMs = performance.now();
    expect((await put('good', '{"numbers":["+447946000002"]}')).status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    const answer = await slow;
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { accepted: number; new: number; rejected: { index: number }[] };
    expect(body).toMatchObject({ accepted: 0, new: 0 });
    expect(body.rejected.map(({ index }) => index)).toEqual(rubbish.map((_, index) => index));
    const { lookups } = await kith.as('rude').budget();
    expect(lookups.left).toBe(lookups.capacity);
  });

  it('send one number too many, or a body too large: refused as a whole', async () => {
    const tooMany = await put('rude', JSON.stringify({ numbers: new Array(50_001).fill('1') }));
    expect([tooMany.status, ((await tooMany.json()) as { code: string }).code]).toEqual([
      413,
      'numbers_too_many',
    ]);
    const tooLarge = await put('rude', JSON.stringify({ numbers: ['9'.repeat(5_000_000)] }));
    expect([tooLarge.status, ((await tooLarge.json()) as { code: string }).code]).toEqual([
      413,
      'body_too_large',
    ]);
  });

  it('send bytes that are no JSON, or JSON of another shape: one clear line each', async () => {
    for (const body of ['{"numbers":[', '[]', '{"numbers":{}}', '\0\0', '{"numbers":[{}]}', '{"n":1}']) {
      const answer = await put('rude', body);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        400,
        'body_invalid',
      ]);
    }
  });
});

/** A connection that sends its head, and then a byte at a time. */
async function drip(origin: string, head: string): Promise<{ answer: Promise<string> }> {
  const { hostname, port } = new URL(origin);
  const socket: Socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(head);
  const timer = setInterval(() => socket.write(' '), 1_000);
  let text = '';
  const answer = new Promise<string>((resolve) => {
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(text);
    });
  });
  return { answer };
}
