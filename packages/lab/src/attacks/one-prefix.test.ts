import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { onePrefix } from './one-prefix.ts';

describe('a fleet of fresh accounts on one /24', () => {
  it('shares the budget of its /24, and slows nobody elsewhere', async () => {
    const report = await onePrefix.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBeGreaterThan(0);
    expect(report.namesLearnt).toBeLessThanOrEqual(report.namesBound);
  });
});
