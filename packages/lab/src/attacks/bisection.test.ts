import { describe, expect, it } from 'vitest';
import { broken } from './attack.ts';
import { bisection } from './bisection.ts';

describe('sending halves of a list again', () => {
  it('changes nothing on the people list and is paid for anew', async () => {
    const report = await bisection.run({ seed: 7 });
    expect(broken(report)).toEqual([]);
    expect(report.namesLearnt).toBe(report.namesBound);
  });
});
