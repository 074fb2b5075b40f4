import { availableParallelism } from 'node:os';
import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { bookAround, startPrivateRig } from './private-rig.ts';

const contacts = 1_000;
/** The peer takes so long that a tenth of the book has to do. */
const peerContacts = 100;
const roundsDefault = 3;

/**
 * `client-mutual-1000`: milliseconds a contact to meet through 1,000 contacts, from fetching one's keys to the list of
 * people, over HTTP, everything of the client in one thread; the ratio is the peer's time to ours, at least 4.
 *
 * The peer is the same client on the pure-JavaScript backend, with 100 contacts. Half of the numbers sort below the
 * member's own, where a contact costs most (a hash to G2 and a whole pairing), half above (a hash to G1 and a
 * prepared pairing). The service is a process of its own on an empty database, beside the client on the same cores.
 * `msAllThreads` is the same with as many threads as there are cores. `cpuMs` and `peerCpuMs` are processor time of the
 * client's process a contact, which a busy machine lengthens less, and `cpuRatio` theirs. Rounds take turns, and every
 * run is a fresh member's with an empty store.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const rig = await startPrivateRig();
  try {
    const measured = { one: [] as Cost[], all: [] as Cost[], pure: [] as Cost[] };
    const threads = availableParallelism();
    let books = 0;
    const perContact = async (count: number, settings: FindSettings): Promise<Cost> => {
      const member = await rig.recruit(`member-${books}`);
      const book = bookAround(1_000 * ++books, count);
      const before = process.cpuUsage();
      const { ms } = await member.find(book, { ways: ['mutual'], ...settings });
      const { user, system } = process.cpuUsage(before);
      return { ms: ms / count, cpuMs: (user + system) / 1_000 / count };
    };
    await perContact(10, {});
    for (let round = 0; round < (options.rounds ?? roundsDefault); round += 1) {
      measured.one.push(await perContact(contacts, {}));
      measured.pure.push(await perContact(peerContacts, { backend: 'pure' }));
      measured.all.push(await perContact(contacts, { threads }));
    }
    return resultOf(measured, threads);
  } finally {
    await rig.stop();
  }
}

interface Cost {
  ms: number;
  cpuMs: number;
}

interface FindSettings {
  threads?: number;
  backend?: 'fast' | 'pure';
}

function resultOf({ one, all, pure }: Record<'one' | 'all' | 'pure', Cost[]>, threads: number): BenchResult {
  const middle = (costs: Cost[], unit: keyof Cost) => median(costs.map((cost) => cost[unit]));
  const ratioOf = (unit: keyof Cost) => median(one.map((cost, round) => pure[round]![unit] / cost[unit]));
  return {
    name: 'client-mutual-1000',
    value: middle(one, 'ms'),
    unit: 'ms/contact/thread',
    peer: 'the pure-JavaScript backend',
    peerValue: middle(pure, 'ms'),
    ratio: ratioOf('ms'),
    detail: {
      threads,
      msAllThreads: middle(all, 'ms'),
      cpuMs: middle(one, 'cpuMs'),
      peerCpuMs: middle(pure, 'cpuMs'),
      cpuRatio: ratioOf('cpuMs'),
    },
  };
}
