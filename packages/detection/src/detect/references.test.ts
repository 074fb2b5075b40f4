import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../engine/index.ts';
import { novelty } from '../signals/novelty.ts';
import { fitTail, measureReferences, type Spread } from './references.ts';

const spread = (quartiles: Spread['quartiles'], far: Spread['far']): Spread => ({
  count: 1_000,
  quartiles,
  far,
  mean: 0,
  alike: 0,
});

describe('the far end of a crowd', () => {
  it('is read off those who are there, where most people do nothing', () => {
    const idle = spread([0, 0, 2], [3.3, 4.4, 4.7]);
    expect(fitTail(idle, idle)).toMatchObject({ q90: 3.3, q97: 4.4, q99: 4.7 });
  });

  it('is no further away than three times what everybody does, whatever a cohort does', () => {
    const everyone = spread([3, 4, 5], [6, 7, 8]);
    const full = spread([3, 4, 5], [9, 9, 9]);
    expect(fitTail(full, everyone).q90).toBeCloseTo(6 + Math.log(3));
    expect(fitTail(full, everyone).median).toBe(4);
  });

  it('rises step by step, and falls beyond by a rate within bounds, for any crowd', () => {
    const values = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, (drawn) => {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = drawn.toSorted((x, y) => x - y);
        const crowd = spread([a, b, c], [d, e, f]);
        const { median, q90, q97, q99, fall } = fitTail(crowd, crowd);
        expect(median).toBeLessThan(q90);
        expect(q90).toBeLessThan(q97);
        expect(q97).toBeLessThan(q99);
        expect(fall).toBeGreaterThanOrEqual(1);
        expect(fall).toBeLessThan(5);
      }),
    );
  });
});

describe('a country that the service has just reached', () => {
  const quantiles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
  const group = (number_country: string, n0: number, a0: number) => ({
    ...{ number_country, cohort: 0, week: 0, q0: quantiles, m0: 0.2 },
    ...{ n0, a0 },
  });
  const among = async (newcomers: number) => {
    const answers = [[group('', 5_000, 0.01)], [group('DE', 4_000, 0.02), group('NZ', newcomers, 0.9)]];
    const engine = { query: async () => answers.shift() ?? [] } as unknown as Engine;
    return (await measureReferences(engine, 'members', [novelty])).share('novelty');
  };

  it('has as many honest people who look like enumerators as look so there, though few are there yet', async () => {
    expect((await among(60)).alike).toMatch(/\['DE', 'NZ'\], \[0\.02\d*, 0\.9\d*\]/);
    expect((await among(60)).mean).not.toContain('NZ');
    expect((await among(600)).mean).toContain('NZ');
  });

  it('is judged as everybody is while next to nobody is there', async () => {
    expect((await among(5)).alike).not.toContain('NZ');
  });
});
