import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Endpoint2019,
  type Endpoint2019Answer,
  isSequential,
  startEndpoint2019,
} from './twitter-2019.ts';

const member = (n: number, letPeopleFindMe: boolean) => ({
  id: `m${n}`,
  number: `+4479460000${n}`,
  card: { name: `Name ${n}`, handle: `h${n}` },
  letPeopleFindMe,
});

describe('the endpoint of 2019', () => {
  let endpoint: Endpoint2019;
  const upload = (numbers: unknown) =>
    fetch(`${endpoint.origin}/contacts/upload`, { method: 'POST', body: JSON.stringify({ numbers }) });

  beforeAll(async () => {
    endpoint = await startEndpoint2019([member(11, true), member(22, false), member(33, true)]);
  });
  afterAll(() => endpoint.stop());

  it('names whoever left the setting on, beside the number, and nobody else', async () => {
    const answer = await upload(['+447946000022', '+447946000033', '+447946000044']);
    expect((await answer.json()) as Endpoint2019Answer).toEqual({
      users: [{ number: '+447946000033', id: 'm33', name: 'Name 33', handle: 'h33' }],
    });
  });

  it('refuses a sequential list and answers the same numbers shuffled', async () => {
    const run = Array.from({ length: 40 }, (_, n) => `+4479460000${String(n).padStart(2, '0')}`);
    expect((await upload(run)).status).toBe(400);
    const evenThenOdd = [...run.filter((_, n) => n % 2 === 0), ...run.filter((_, n) => n % 2 === 1)];
    const answer = (await (await upload(evenThenOdd)).json()) as Endpoint2019Answer;
    expect(answer.users.map((user) => user.id)).toEqual(['m11', 'm33'].sort());
  });

  it('has no other limit: the same account may ask as often as it likes', async () => {
    for (let round = 0; round < 50; round += 1) {
      expect((await upload(['+447946000011'])).status).toBe(200);
    }
  });

  it('answers nonsense with an error', async () => {
    expect((await upload(7)).status).toBe(400);
    expect((await fetch(`${endpoint.origin}/else`)).status).toBe(404);
  });
});

describe('isSequential', () => {
  it('needs most of a list to be a run', () => {
    expect(isSequential(['+1', '+2', '+3'])).toBe(false);
    const run = Array.from({ length: 20 }, (_, n) => `+447946${String(n).padStart(6, '0')}`);
    expect(isSequential(run)).toBe(true);
    expect(isSequential(run.toReversed())).toBe(false);
  });
});
