import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { delta } from './delta.ts';

describe('adding and removing numbers', () => {
  it('ties one number a batch to a name, each paid for, and tells nothing of who holds mine', async () => {
    const report = await delta.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.pairsLearnt).toBeGreaterThan(0);
    expect(report.pairsLearnt).toBeLessThanOrEqual(report.namesBound);
  });
});
