import type { BenchOptions, BenchResult } from './cli.ts';
import { detectRig } from './detect-rig.ts';

/**
 * How the time from events to rings grows with the events: the slope of log time over log events, for a hundredth, a tenth and all
 * of `events`. The limit is a little more than linear.
 */
export async function run({ events = 100_000_000 }: BenchOptions = {}): Promise<BenchResult> {
  const sizes = [events / 100, events / 10, events].map(Math.round);
  const points: { events: number; secs: number; peakMb: number }[] = [];
  for (const size of sizes) {
    const rig = await detectRig(size);
    try {
      const { ms, peakMb } = await rig.detect();
      points.push({ events: size, secs: ms / 1000, peakMb });
    } finally {
      await rig.close();
    }
  }
  const value = slope(points.map((point) => [Math.log(point.events), Math.log(point.secs)]));
  return {
    name: 'detect-growth',
    value,
    unit: 'exponent',
    peer: 'limit',
    peerValue: 1.1,
    ratio: value / 1.1,
    rssMb: Math.max(...points.map(({ peakMb }) => peakMb)),
    detail: Object.fromEntries(
      points.map((point) => [`secsAt${point.events}`, Number(point.secs.toFixed(2))]),
    ),
  };
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const meanOf = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  const across = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return across / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
