import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../testing.ts';
import { startWorkers } from '../workers.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';

const planted = '+12015550177';
const national = '2015550177';
const forms = [planted, '(201) 555-0177', '201-555-0177', 'tel:+1-201-555-0177', '１２０１５５５０１７７'];

const lines: string[] = [];
const log = createLogger('trace', { write: (line: string) => void lines.push(line) });
let hall: TestHall;

beforeAll(async () => {
  hall = await startTestHall({ log });
});
afterAll(() => hall.stop());

/** What a day brings: calls of all kinds, good and bad, and a database that fails with the number in its mouth. */
async function aDay(serviceKey: string): Promise<void> {
  await hall.member('owner', { phone: planted, discoverable: 'anyone' });
  await hall.member('ann');
  const ann = hall.as('ann');
  for (const numbers of [forms, [...forms, 'rubbish'], [...forms, 12]]) {
    await ann(
      'PUT',
      '/v1/me/contacts',
      { numbers, region: 'US' },
      { 'kith-device': planted, 'user-agent': planted },
    );
  }
  await ann('PATCH', '/v1/me/contacts', { add: forms, remove: [planted], region: planted });
  await ann('GET', `/v1/me/people?after=${encodeURIComponent(planted)}`);
  await ann('GET', `/v1/me/people?limit=${planted}`);
  await hall.host('PUT', `/v1/members/${encodeURIComponent(planted)}`, {
    phone: planted,
    card: { name: planted },
  });
  await hall.host('PUT', `/v1/members/x`, {
    phone: `${planted}9999`,
    card: { name: planted, handle: planted },
  });
  await hall.host('GET', `/v1/members/${planted}%E0%A4%A`);
  await hall.host('GET', `/nowhere/${planted}?q=${planted}`);
  await fetch(`${hall.origin}/v1/members/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/x-ndjson' },
    body: `{"id":"a","phone":"${planted}"\n{"id":"b","phone":"${planted}","card":{"name":"B","handle":"b"}}\n`,
  }).then((response) => response.text());
}

describe('the log of a day, at its most talkative', () => {
  it('holds the planted number in no form, nor any key or token', async () => {
    const serviceKey = await hall.createServiceKey('logged');
    await aDay(serviceKey);
    const { database, ledger } = hall.context;
    const append = ledger.append.bind(ledger);
    // Errors that quote what was given to them, as those of PostgreSQL do.
    ledger.append = async (tx) => {
      await tx.query(`select $1::uuid`, [planted]);
      return [];
    };
    const failed = await hall.as('ann')('PUT', '/v1/me/contacts', { numbers: forms, region: 'US' });
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed.body)).not.toContain('555');
    const workers = startWorkers(hall.context, log, createMetrics());
    await hall.context.database.query(`update members set reveal_at = now() - interval '1 year'`);
    await database.query(`insert into reveals values ('ann', 'owner', '[]', now() - interval '1 year')`);
    await expect
      .poll(() => lines.some((line) => line.includes('worker failed')), { timeout: 10_000 })
      .toBe(true);
    await workers.stop();
    ledger.append = append;

    const all = lines.join('\n');
    expect(all).toContain('request failed');
    expect(all).toContain('worker failed');
    for (const form of [...forms, national, encodeURIComponent(planted)]) expect(all).not.toContain(form);
    expect(all.replace(/\D/g, '')).not.toContain('5550177');
    expect(all).not.toContain(serviceKey.slice(-43));
    expect(all).not.toContain((await hall.tokens.issue('ann')).token.split('.')[2]);
  });
});
