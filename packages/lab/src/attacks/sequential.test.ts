import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { sequential } from './sequential.ts';

describe('a list of consecutive numbers', () => {
  it('is taken in, and yields what the budgets allow, without saying which number led to whom', async () => {
    const report = await sequential.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBeGreaterThan(0);
    expect(report.namesLearnt).toBeLessThanOrEqual(report.namesBound);
    expect(report.pairsLearnt).toBe(0);
  });
});
