import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChdbEngine, chdbReason, openTestChdb, withChdb } from '../testing/events.ts';
import { laneCount, lanesOf } from './lanes.ts';

describe.skipIf(!withChdb)(`the lanes of a table${chdbReason}`, () => {
  let engine: ChdbEngine;
  beforeAll(async () => {
    engine = await openTestChdb();
  });
  afterAll(() => engine.close());

  it('hold every member in exactly one, whatever members are called and however few were sampled', async () => {
    const awkward = fc.constantFrom("'", '\\', '\n', '\0', ' OR 1', 'é', 'a');
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: awkward, maxLength: 4 }),
    );
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(names, fc.nat(11), fc.integer({ min: 1, max: 5 }), async (members, sampled, count) => {
        const lanes = lanesOf('member', members.slice(0, sampled).toSorted(), count);
        expect(lanes.length).toBeLessThanOrEqual(count);
        const inLanes = lanes.map((lane) => `toUInt32(${lane})`).join(' + ');
        const rows = await engine.query<{ lanes: number }>(
          `SELECT ${inLanes} AS lanes FROM (SELECT arrayJoin({members:Array(String)}) AS member)`,
          { members },
        );
        expect(rows.map(({ lanes: met }) => met)).toEqual(members.map(() => 1));
      }),
      { numRuns: 40 },
    );
  });

  it('part by the hash of a member as well', async () => {
    const hashes = await engine.query<{ hash: string }>(
      "SELECT toString(cityHash64('m', number)) AS hash FROM numbers(100) ORDER BY cityHash64('m', number)",
    );
    const lanes = lanesOf(
      "cityHash64('m', number)",
      hashes.map(({ hash }) => hash),
      4,
    );
    const rows = await engine.query<Record<string, number>>(
      `SELECT ${lanes.map((lane, i) => `countIf(${lane}) AS lane${i}`).join(', ')} FROM numbers(100)`,
    );
    expect(rows).toEqual([{ lane0: 25, lane1: 25, lane2: 25, lane3: 25 }]);
  });

  it('are as many as there are threads, and one where there is little to read', () => {
    expect(laneCount(10_000_000, 2)).toBe(2);
    expect(laneCount(10_000_000, 96)).toBe(16);
    expect(laneCount(600_000, 8)).toBe(2);
    expect(laneCount(0, 8)).toBe(1);
  });
});
