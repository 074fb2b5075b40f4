import { chdbInstalled } from '@kith/detection';
import { describe, expect, it } from 'vitest';
import { daysSimulated } from './life.ts';
import { runDetect } from './run.ts';
import { summarise } from './summary.ts';

const options = {
  seed: 1,
  seeds: 1,
  members: 4_000,
  accounts: 100,
  attackers: ['one-prefix'],
  heldOut: 1,
  looks: [240],
};

describe.skipIf(!chdbInstalled())('kith lab detect', () => {
  it('plays an attack out, finds the network without wronging anybody, and says what it learnt meanwhile', async () => {
    const worlds = await runDetect(options, { say: () => {}, advance: () => {} });
    const report = summarise(options, daysSimulated, worlds);
    expect(report).toMatchObject({ seed: 1 });
    const [attacker] = report.attackers;
    expect(attacker).toMatchObject({
      name: 'one-prefix',
      accountPrecision: 1,
      ringRecall: 1,
      honestSuspendedPer100k: 0,
      hoursToDetectP50: expect.any(Number),
      hardToEvadeRecall: expect.any(Number),
    });
    expect(attacker?.accountRecall).toBeGreaterThan(0.9);
    expect(attacker?.namesLearnt).toBeGreaterThan(0);
    expect(attacker?.namesLearnt).toBeLessThan((attacker?.namesLearntByDesign ?? 0) / 100);
  });
});
