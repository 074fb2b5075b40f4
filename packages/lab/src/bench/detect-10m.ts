import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { detectRig } from './detect-rig.ts';

/**
 * Ten million events to rings, on the wall clock, and the most memory that the engine's process held. The peer is what the least
 * that one could ask of the same table costs: one scan of it, grouped by member.
 */
export async function run({ events = 10_000_000, rounds = 3 }: BenchOptions = {}): Promise<BenchResult> {
  const rig = await detectRig(events);
  try {
    const runs: Awaited<ReturnType<typeof rig.detect>>[] = [];
    const scans: number[] = [];
    for (let round = 0; round < rounds; round++) {
      scans.push(await rig.scan());
      runs.push(await rig.detect());
    }
    const value = median(runs.map(({ ms }) => ms)) / 1000;
    const peerValue = median(scans) / 1000;
    const rings = runs[0]?.found.rings ?? [];
    return {
      name: 'detect-10m',
      value,
      unit: 's',
      peer: 'one scan grouped by member',
      peerValue,
      ratio: value / peerValue,
      rssMb: Math.max(...runs.map(({ peakMb }) => peakMb)),
      detail: {
        events: rig.events,
        members: rig.members,
        fakeAccounts: rig.fakes,
        accountsFound: rings.reduce((sum, { accounts }) => sum + accounts, 0),
        rings: rings.length,
      },
    };
  } finally {
    await rig.close();
  }
}
