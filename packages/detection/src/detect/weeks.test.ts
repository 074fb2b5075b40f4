import { describe, expect, it } from 'vitest';
import { typical } from './weeks.ts';

const rows = (weeks: readonly (readonly [count: number, value: number])[]) => {
  const members = weeks.reduce((sum, [count]) => sum + count, 0);
  const all = weeks.reduce((sum, [count, value]) => sum + count * value, 0) / members;
  return [
    { week: 0, count: members, value: all },
    ...weeks.map(([count, value], i) => ({ week: 2_900 + i, count, value })),
  ];
};
const read = (weeks: Parameters<typeof rows>[0], share?: number): number =>
  typical(
    rows(weeks),
    ({ count }) => count,
    ({ value }) => value,
    share,
  );

describe('what is usual, week by week', () => {
  it('does not move when a network joins that outnumbers the honest newcomers of a few weeks', () => {
    const quiet = Array.from({ length: 10 }, () => [100, 0.05] as const);
    const attacked = quiet.map((week, i) => (i > 6 ? ([900, 0.9] as const) : week));
    expect(read(attacked)).toBeCloseTo(read(quiet));
  });

  it('is what all together do where weeks are few, or too small to say anything', () => {
    expect(
      read([
        [100, 0.2],
        [300, 0.4],
      ]),
    ).toBeCloseTo(0.35);
    expect(read(Array.from({ length: 12 }, (_, i) => [5, i] as const))).toBeCloseTo(5.5);
  });

  it('can be read off a week that went far', () => {
    expect(
      read(
        Array.from({ length: 9 }, (_, i) => [100, i] as const),
        0.75,
      ),
    ).toBe(6);
  });
});
