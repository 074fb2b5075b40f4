import { MemoryStore } from '@kith/client';
import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { bookAround, numberAt, putMember, startPrivateRig } from './private-rig.ts';

const contacts = 1_000;
/** Contacts who have saved the member too: they need no lookup, and meeting them pays for the one that is added. */
const friends = 20;
const roundsDefault = 3;

/**
 * `client-again-1001`: milliseconds of a second run with the same 1,000 contacts and one more, over HTTP, in one thread;
 * the ratio is to the first run, at most 1/100.
 *
 * Both runs do everything: meetings, lookups, today's buckets, the list of people. They share a store in memory and nothing
 * else: the second is another client's, as after a new start of the app, in a process whose code is warm. 20 of the
 * contacts have saved the member. A third run with nothing new is `msNothingNew`. Every round is a fresh member's.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const rig = await startPrivateRig();
  try {
    const first: number[] = [];
    const again: number[] = [];
    const nothingNew: number[] = [];
    for (let round = 0; round < (options.rounds ?? roundsDefault); round += 1) {
      const member = await rig.recruit(`member-${round}`);
      const store = new MemoryStore();
      const book = bookAround(10_000 * (round + 1), contacts);
      for (const [at, number] of book.slice(0, friends).entries())
        await befriend(rig, `friend-${round}-${at}`, number, member.number);
      const cold = await member.find(book, { store });
      if (cold.found.people.length !== friends) throw new Error('the friends were not met');
      const more = [...book, numberAt(50_000_000 + round)];
      const warm = await member.find(more, { store });
      if (warm.found.waiting > 0) throw new Error('the budget did not suffice');
      first.push(cold.ms);
      again.push(warm.ms);
      nothingNew.push((await member.find(more, { store })).ms);
    }
    return {
      name: 'client-again-1001',
      value: median(again),
      unit: 'ms',
      peer: 'the first run',
      peerValue: median(first),
      ratio: median(again.map((ms, round) => ms / first[round]!)),
      detail: { msNothingNew: median(nothingNew) },
    };
  } finally {
    await rig.stop();
  }
}

/** Someone who has saved the member, and whom the member has saved. */
async function befriend(
  rig: Awaited<ReturnType<typeof startPrivateRig>>,
  id: string,
  number: string,
  saved: string,
): Promise<void> {
  await putMember(rig.host, id, number, 'mutual');
  const { Kith } = await import('@kith/client');
  const token = await rig.host.memberToken(id);
  const kith = new Kith({ origin: rig.origin, token, number, store: new MemoryStore(), threads: 0 });
  await kith.findPeople([saved], { ways: ['mutual'] });
}
