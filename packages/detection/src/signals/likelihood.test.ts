import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChdbEngine, chdbReason, openTestChdb, withChdb } from '../testing/events.ts';
import { hiding } from './hiding.ts';
import { betaOf, shareWeight } from './likelihood.ts';
import type { ShareSql } from './signal.ts';

/** A cohort that mostly knows nine in ten of those it finds, and of which one in a hundred looks as enumerators do. */
const friends: ShareSql = { ...betaOf(13.5, 1.5), mean: '0.9', alike: '0.01' };

describe.skipIf(!withChdb)(`what a share says${chdbReason}`, () => {
  let engine: ChdbEngine;
  beforeAll(async () => {
    engine = await openTestChdb();
  });
  afterAll(() => engine.close());

  const evaluate = async (sql: string, row = '1'): Promise<number> => {
    const [answer] = await engine.query<{ weight: number }>(`SELECT ${sql} AS weight FROM (SELECT ${row})`);
    return Number(answer?.weight);
  };
  const known = (met: number, found: number): Promise<number> =>
    evaluate(
      shareWeight(`${met}`, `${found}`, friends, {
        enumerator: { a: 0.3, b: 15 },
        honestAlike: 0.01,
        evaders: 0.05,
      }),
    );

  it('accuses whom hardly anybody knows, and clears whom most do', async () => {
    expect(await known(0, 40)).toBeGreaterThan(3);
    expect(await known(36, 40)).toBeLessThan(-2);
  });

  it('neither accuses nor clears whom a quarter knows: neither people nor enumerators are like that', async () => {
    expect(Math.abs(await known(35, 124))).toBeLessThan(0.5);
  });

  it('is of hiding how much rarer it is among members, and nothing where a source does not tell', async () => {
    const among = { share: () => ({ ...friends, alike: '0.25' }), tail: () => ({}) as never };
    const of = (hidden: number, shown: number): Promise<number> =>
      evaluate(
        hiding.weight(among),
        `${hidden} AS hidden, ${shown} AS shown, 4 AS events, ${hiding.features.hides} AS hides`,
      );
    expect(await of(4, 0)).toBeCloseTo(Math.log(2));
    expect(await of(0, 4)).toBeCloseTo(Math.log(2 / 3));
    expect(await of(0, 0)).toBe(0);
  });
});
