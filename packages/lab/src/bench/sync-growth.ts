import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { loadTables } from './sync-load.ts';
import { bookBody, type SyncRig, startSyncRig } from './sync-rig.ts';

const bookSize = 1_000;
const roundsDefault = 25;
const warmUps = 3;

/**
 * `sync-growth`: a whole sync of 1,000 new numbers over HTTP with 10^5, 10^6 and 10^7 slots in the table (a tenth as
 * many members); the ratio is the largest table's time to the smallest one's, at most 1.5. Three services on three
 * databases take turns, so that what disturbs the machine disturbs all three.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const { slots = 10_000_000, rounds = roundsDefault } = options;
  const sizes = [slots / 100, slots / 10, slots].map(Math.round);
  const rigs: SyncRig[] = [];
  try {
    for (const size of sizes) {
      const rig = await startSyncRig();
      rigs.push(rig);
      await loadTables(rig.database, { members: Math.max(1, Math.round(size / 10)), slots: size });
    }
    const times = await measure(rigs, rounds);
    const medians = times.map(median);
    const rss = await Promise.all(rigs.map((rig) => rig.peakRssMb()));
    return {
      name: 'sync-growth',
      value: medians.at(-1) as number,
      unit: 'ms',
      peer: `${sizes[0]?.toLocaleString('en')} slots`,
      peerValue: medians[0] as number,
      ratio: median((times.at(-1) as number[]).map((ms, round) => ms / (times[0]?.[round] as number))),
      ...(rss.every((mb) => mb !== undefined) && { rssMb: Math.max(...rss) }),
      detail: Object.fromEntries(sizes.map((size, at) => [`slots_${size}`, medians[at] as number])),
    };
  } finally {
    for (const rig of rigs) await rig.stop();
  }
}

/** Milliseconds of every round, one list a rig. */
async function measure(rigs: readonly SyncRig[], rounds: number): Promise<number[][]> {
  const times = rigs.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round += 1) {
    const index = round + warmUps;
    for (const [at, rig] of rigs.entries()) {
      const me = await rig.recruit(index);
      const ms = await me.sync(bookBody(index, bookSize));
      if (round >= 0) times[at]?.push(ms);
    }
  }
  return times;
}
