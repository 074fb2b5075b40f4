import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { stalking } from './stalking.ts';

describe('one account after one number', () => {
  it('finds only those who chose anyone, and they can see that it happened', async () => {
    const report = await stalking.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBe(1);
  });
});
