import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { recycledNumber } from './recycled-number.ts';

describe('a number that changes hands', () => {
  it('takes no meeting along, in either direction', async () => {
    const report = await recycledNumber.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBe(0);
  });
});
