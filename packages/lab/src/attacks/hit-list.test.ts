import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { hitList } from './hit-list.ts';

describe('a list of numbers known to belong to members', () => {
  it('yields names at the daily rate of reveals, of those who chose anyone alone', async () => {
    const report = await hitList.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBeGreaterThan(50);
    expect(report.namesLearnt).toBeLessThanOrEqual(report.namesBound);
  });
});
