import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { loadTables } from './sync-load.ts';
import { type PeerBook, peerBook, readOldBook, writeNewBook } from './sync-peer.ts';
import { bookBody, type Syncer, type SyncRig, startSyncRig } from './sync-rig.ts';

export const names: readonly string[] = ['sync-plain-1000', 'sync-plain-repeat-1000'];

const bookSize = 1_000;
const roundsDefault = 25;
const warmUps = 5;

/**
 * `sync-plain-1000`: a whole sync of 1,000 new numbers over HTTP, wall clock, one at a time, against the bare SQL of
 * the same writes and reads in one transaction; the ratio is ours to theirs, at most 2.0. None of the numbers meets
 * anyone. `sync-plain-repeat-1000`: the same book again, nothing new, against the bare SQL of its reads; at most 3.0.
 *
 * 1 M members and 10 M slots are loaded first, and as many contacts. Durable commits, the embedded PostgreSQL, the
 * service in a process of its own. Ours and theirs take turns on the same tables; medians.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult[]> {
  const { members = 1_000_000, slots = 10_000_000, rounds = roundsDefault } = options;
  const rig = await startSyncRig();
  try {
    await loadTables(rig.database, { members, slots });
    const measured = await measure(rig, rounds);
    const rssMb = await rig.peakRssMb();
    const common = { unit: 'ms', detail: { members, slots, rounds }, ...(rssMb !== undefined && { rssMb }) };
    return [
      {
        name: 'sync-plain-1000',
        peer: 'bare SQL of the same writes and reads',
        ...common,
        ...compare(measured.fresh),
      },
      {
        name: 'sync-plain-repeat-1000',
        peer: 'bare SQL of the same reads',
        ...common,
        ...compare(measured.repeat),
      },
    ];
  } finally {
    await rig.stop();
  }
}

interface Times {
  ours: number[];
  theirs: number[];
}

async function measure(rig: SyncRig, rounds: number): Promise<{ fresh: Times; repeat: Times }> {
  const fresh: Times = { ours: [], theirs: [] };
  const repeat: Times = { ours: [], theirs: [] };
  for (let round = -warmUps; round < rounds; round += 1) {
    const index = round + warmUps;
    const pair = {
      me: await rig.recruit(2 * index),
      body: bookBody(index, bookSize),
      book: peerBook((await rig.recruit(2 * index + 1)).id, bookSize),
    };
    // Whoever goes second finds what the first has left in the caches, so they take turns at that too.
    const first = await syncBoth(rig, pair, round % 2 === 0, writeNewBook);
    const second = await syncBoth(rig, pair, round % 2 !== 0, readOldBook);
    if (round < 0) continue;
    fresh.ours.push(first.ours);
    fresh.theirs.push(first.theirs);
    repeat.ours.push(second.ours);
    repeat.theirs.push(second.theirs);
  }
  return { fresh, repeat };
}

async function syncBoth(
  rig: SyncRig,
  { me, body, book }: { me: Syncer; body: string; book: PeerBook },
  oursFirst: boolean,
  peer: typeof writeNewBook,
): Promise<{ ours: number; theirs: number }> {
  const timedPeer = async () => {
    const startedMs = performance.now();
    await peer(rig.database, book);
    return performance.now() - startedMs;
  };
  if (oursFirst) {
    const ours = await me.sync(body);
    return { ours, theirs: await timedPeer() };
  }
  const theirs = await timedPeer();
  return { theirs, ours: await me.sync(body) };
}

function compare({ ours, theirs }: Times): { value: number; peerValue: number; ratio: number } {
  const ratio = median(ours.map((ms, round) => ms / (theirs[round] as number)));
  return { value: median(ours), peerValue: median(theirs), ratio };
}
