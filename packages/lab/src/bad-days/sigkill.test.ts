import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochStartMs } from '../harness/clock.ts';
import { runKith, type Spawned, spawnBareHall } from '../harness/spawned.ts';
import { keyEncryptionKey, startKith, type TestKith } from '../harness/start-kith.ts';
import { createThrowawayDatabase, type ThrowawayDatabase } from '../harness/throwaway-database.ts';
import { numberingPlan } from '../population/numbering-plan.ts';
import { createRandom } from '../population/random.ts';

const killCount = 50;
const servers = 3;
const pairs = 2;
const numbersPerSync = 15;
const random = createRandom(50);

const plan = numberingPlan('GB');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const numberOf = (member: number, n: number) => plan.numberAt(member * 100_000 + n);

/** A member who syncs without pause, and remembers what was acknowledged. */
interface Actor {
  id: string;
  own: string;
  peer: string;
  acknowledged: string[];
  /** Sent, and then the connection was lost: accepted or not, nobody knows. */
  unanswered: number;
}

describe(`a service killed ${killCount} times at random moments under load`, () => {
  let database: ThrowawayDatabase;
  /** A server that is never killed: it makes members and looks at what is left. */
  let witness: TestKith;
  const halls: Spawned[] = [];
  const actors: Actor[] = Array.from({ length: 2 * pairs }, (_, index) => ({
    id: `actor-${index}`,
    own: numberOf(index, 99_999),
    peer: numberOf(index ^ 1, 99_999),
    acknowledged: [],
    unanswered: 0,
  }));
  const spawnHall = () =>
    spawnBareHall({
      DATABASE_URL: database.url,
      KITH_LAB_NOW: String(epochStartMs),
    });

  beforeAll(async () => {
    database = await createThrowawayDatabase();
    witness = await startKith({ databaseUrl: database.url });
    for (const actor of actors) {
      const card = { name: actor.id, handle: actor.id };
      await witness.host.putMember(actor.id, { card, phone: actor.own, discoverable: 'mutual' });
    }
    halls.push(...(await Promise.all(Array.from({ length: servers }, spawnHall))));
    await rampage();
  }, 900_000);

  afterAll(async () => {
    await Promise.all(halls.map((hall) => hall.kill()));
    await witness.stop();
    await database.drop();
  });

  /** Every server is killed at a random moment of its work, again and again; each is replaced at once. */
  async function rampage(): Promise<void> {
    let [kills, over] = [0, false];
    const loads = actors.map((actor) => load(actor, () => over));
    const hunt = async (at: number) => {
      while (kills < killCount) {
        kills += 1;
        await syncsFor(kills);
        await pause(random.below(60));
        await (halls[at] as Spawned).kill();
        halls[at] = await spawnHall();
      }
    };
    await Promise.all(halls.map((_, at) => hunt(at)));
    over = true;
    await Promise.all(loads);
  }

  const syncs = () => actors.reduce((sum, actor) => sum + actor.acknowledged.length / numbersPerSync, 0);

  /** A kill tells something only when work is under way: something new, and a sync for every kill. */
  async function syncsFor(kills: number): Promise<void> {
    for (const before = syncs(); syncs() === before || syncs() <= kills; ) await pause(2);
  }

  /** Sends batch after batch; one that got no answer is sent again until it does. */
  async function load(actor: Actor, over: () => boolean): Promise<void> {
    const token = await witness.host.memberToken(actor.id);
    for (let batch = 0; !over(); batch += 1) {
      const fresh = Array.from({ length: numbersPerSync }, (_, n) =>
        numberOf(actors.indexOf(actor), batch * numbersPerSync + n),
      );
      const add = batch === 0 ? [actor.peer, ...fresh] : fresh;
      while (!(await send(token, add))) {
        actor.unanswered += 1;
        await pause(10);
      }
      actor.acknowledged.push(...add);
      // A breath between syncs leaves the processors to the servers that start.
      await pause(40);
    }
  }

  async function send(token: string, add: readonly string[]): Promise<boolean> {
    const hall = halls[random.below(servers)] as Spawned;
    try {
      const answer = await fetch(`${hall.origin}/v1/me/contacts`, {
        method: 'PATCH',
        body: JSON.stringify({ add }),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  it('was under load when it was killed', () => {
    const lost = actors.reduce((sum, actor) => sum + actor.unanswered, 0);
    expect(lost).toBeGreaterThan(killCount / 2);
    expect(syncs()).toBeGreaterThan(killCount);
  });

  it('still knows every number that it acknowledged', async () => {
    for (const actor of actors) {
      const answer = await witness.as(actor.id).patchContacts({ add: actor.acknowledged });
      expect(answer).toMatchObject({ accepted: actor.acknowledged.length, new: 0 });
    }
  });

  it('charged every number once, however often it was sent', async () => {
    for (const actor of actors) {
      const { slots } = await witness.as(actor.id).budget();
      expect(slots.capacity - slots.left).toBe(actor.acknowledged.length);
    }
  });

  it('left a ledger that verifies', async () => {
    await witness.work();
    const kek = Buffer.from(keyEncryptionKey).toString('base64');
    const { code, output } = await runKith(['ledger', 'verify', '--json'], {
      DATABASE_URL: database.url,
      KITH_KEK: kek,
    });
    expect(output).toContain('"ok":true');
    expect(code).toBe(0);
  });

  it('shows both sides of every meeting', async () => {
    for (const [index, actor] of actors.entries()) {
      const people = await witness.as(actor.id).allPeople();
      expect(people.map(({ id }) => id)).toEqual([actors[index ^ 1]?.id]);
    }
  });
});
