import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type TestKith } from '../harness/start-kith.ts';
import { createThrowawayDatabase, type ThrowawayDatabase } from '../harness/throwaway-database.ts';

const numberOf = (n: number) => `+4479460${String(n).padStart(5, '0')}`;

describe('two servers on one database', () => {
  let database: ThrowawayDatabase;
  let servers: TestKith[];
  beforeAll(async () => {
    database = await createThrowawayDatabase();
    // At the same moment, on an empty database: both migrate, both make the first keys, and they agree.
    servers = await Promise.all([0, 1].map(() => startKith({ databaseUrl: database.url })));
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await database.drop();
  });
  const [one, two] = [() => servers[0] as TestKith, () => servers[1] as TestKith];

  const recruit = async (id: string, phone?: string) => {
    await one().host.putMember(id, {
      card: { name: id, handle: id },
      discoverable: 'anyone',
      ...(phone !== undefined && { phone }),
    });
  };

  it('take each other’s tokens and service keys', async () => {
    await recruit('ann');
    const token = await one().host.memberToken('ann');
    const answer = await fetch(`${two().origin}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  it('charge numbers once that are sent through both at the same time', async () => {
    await recruit('bob');
    const numbers = Array.from({ length: 200 }, (_, n) => numberOf(n));
    const answers = await Promise.all(
      [one(), two(), one(), two()].map((server) => server.as('bob').putContacts({ numbers })),
    );
    expect(answers.reduce((sum, answer) => sum + answer.new, 0)).toBe(200);
    const { lookups } = await two().as('bob').budget();
    expect(lookups.left).toBe(lookups.capacity - 200);
  });

  it('let two members meet who sync through one server each, at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [`a${round}`, `b${round}`];
      const [numberA, numberB] = [numberOf(1_000 + 2 * round), numberOf(1_001 + 2 * round)];
      await Promise.all([recruit(a, numberA), recruit(b, numberB)]);
      await Promise.all([
        one()
          .as(a)
          .putContacts({ numbers: [numberB] }),
        two()
          .as(b)
          .putContacts({ numbers: [numberA] }),
      ]);
      const seen = await Promise.all([two().as(a).allPeople(), one().as(b).allPeople()]);
      expect(seen.map((people) => people.map(({ id, how }) => `${id} ${how}`))).toEqual([
        [`${b} mutual`],
        [`${a} mutual`],
      ]);
    }
  });

  it('run the same queues without showing or recording anything twice', async () => {
    await recruit('eve', numberOf(3_000));
    await recruit('kim');
    await one()
      .as('kim')
      .putContacts({ numbers: [numberOf(3_000)] });
    await Promise.all([one().work(), two().work()]);
    for (const server of servers) server.clock.advance(3_600_000);
    await Promise.all([one().work(), two().work()]);
    expect((await two().as('kim').allPeople()).map(({ id }) => id)).toEqual(['eve']);
    expect(await one().as('eve').exposure()).toMatchObject({ revealedTo: 1, times: 1 });
  });
});
