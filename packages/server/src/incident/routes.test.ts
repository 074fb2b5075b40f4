import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHall, type TestHall } from '../testing.ts';
import { startIncident } from './testing.ts';

let hall: TestHall;

beforeAll(async () => {
  hall = await startTestHall({ trustedProxies: ['127.0.0.1'] });
  await startIncident(hall);
});
afterAll(() => hall.stop());

const post = (path: string, body: object = {}) => hall.host('POST', path, body);
const get = (path: string) => hall.host('GET', path);

describe('the calls of a case', () => {
  it('lead from opening it to its outputs', async () => {
    const opened = await post('/v1/cases', {
      id: 'c1',
      name: 'December',
      rings: ['ring-1'],
      noticedAt: new Date(hall.clock.now).toISOString(),
    });
    expect(opened).toMatchObject({
      status: 201,
      body: { id: 'c1', state: 'open', rings: [{ id: 'ring-1' }] },
    });
    expect((await get('/v1/cases/c1/exposure')).body).toEqual({ state: 'none' });
    expect((await get('/v1/cases/c1/outputs')).body.code).toBe('case_not_computed');
    expect(await post('/v1/cases/c1/exposure')).toMatchObject({ status: 202, body: { state: 'running' } });
    await hall.work();
    expect((await get('/v1/cases/c1/exposure')).body).toMatchObject({
      state: 'ready',
      figures: { membersExposed: 3, cardsRevealed: 4 },
    });
    const { files } = (await get('/v1/cases/c1/outputs')).body;
    const authorization = `Bearer ${await hall.createServiceKey('reader')}`;
    for (const { name, type } of files) {
      const answer = await fetch(`${hall.origin}/v1/cases/c1/outputs/${name}`, {
        headers: { authorization },
      });
      expect([name, answer.status, answer.headers.get('content-type')]).toEqual([name, 200, type]);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(500);
    }
    expect((await get('/v1/cases/c1/outputs/passwords.txt')).body.code).toBe('output_unknown');
  });

  it('show who was exposed and who was protected, a page at a time, and record who looked', async () => {
    const first = (await get('/v1/cases/c1/exposure/members?limit=2')).body;
    expect(first).toMatchObject({ total: 3, next: 'open1', members: [{ member: 'gone', name: null }, {}] });
    const rest = (await get(`/v1/cases/c1/exposure/members?limit=2&after=${first.next}`)).body;
    expect(rest.members.map(({ member }: { member: string }) => member)).toEqual(['open2']);
    expect(rest.next).toBeUndefined();
    expect((await get('/v1/cases/c1/protected')).body).toMatchObject({ total: 3, members: [{}, {}, {}] });
    const views = await hall.context.database.query<{ body: string }>(
      `select body from ledger where kind = 'view' order by entry_id`,
    );
    expect(views.map(({ body }) => JSON.parse(body).what)).toContain('case exposed');
  });

  it('keep notes, decisions, evidence and what a human says of who did it', async () => {
    await post('/v1/cases/c1/notes', { text: 'Odd.' });
    await post('/v1/cases/c1/notes', { text: 'Lookups are slower now.', decision: true });
    await post('/v1/cases/c1/evidence', { name: 'Graph', text: 'It is one.' });
    const attribution = { actor: 'Somebody', sentence: 'We believe so.', confidence: 'medium' };
    const { body } = await hall.host('PATCH', '/v1/cases/c1', {
      attribution,
      host: { contact: 'a@b.example' },
    });
    expect(body).toMatchObject({
      notes: [{ text: 'Odd.' }],
      evidence: [{ name: 'Graph' }],
      attribution: { actor: 'Somebody', confidence: 'medium' },
      host: { contact: 'a@b.example', name: '' },
    });
    expect(body.timeline.map(({ words }: { words: string }) => words)).toContain('Lookups are slower now.');
    expect((await get('/v1/cases/c1/outputs/statement.html')).body).toContain('Lookups are slower now.');
    expect((await get('/v1/cases/c1/outputs/stix.json')).body.objects).toContainEqual(
      expect.objectContaining({ type: 'threat-actor', name: 'Somebody', confidence: 50 }),
    );
  });

  it('say what is wrong', async () => {
    expect((await get('/v1/cases/none')).body.code).toBe('case_unknown');
    expect((await post('/v1/cases', { id: 'c1', name: 'Again' })).body.code).toBe('case_exists');
    expect((await post('/v1/cases', { name: 'x', rings: ['ring-none'] })).body.code).toBe('ring_unknown');
    expect((await post('/v1/cases', { id: '../x', name: 'x' })).body.code).toBe('query_invalid');
    expect((await post('/v1/cases/none/exposure')).body.code).toBe('case_unknown');
  });
});
