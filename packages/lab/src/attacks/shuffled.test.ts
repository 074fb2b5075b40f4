import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { shuffledList } from './shuffled.ts';

describe('a shuffled list', () => {
  it('yields no more than a sequential one: the budgets do not look at the order', async () => {
    const report = await shuffledList.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBeGreaterThan(0);
    expect(report.namesLearnt).toBeLessThanOrEqual(report.namesBound);
  });
});
