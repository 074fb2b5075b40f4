import { beforeAll, describe, expect, it } from 'vitest';
import { type Twitter2019Options, twitter2019Defaults } from './options.ts';
import { twitter2019Chart, twitter2019Text } from './print.ts';
import type { Twitter2019Result } from './result.ts';
import { runTwitter2019 } from './run.ts';

const options: Twitter2019Options = {
  ...twitter2019Defaults,
  seed: 3,
  accounts: 6,
  days: 4,
  population: 1_500,
  honest: 20,
};

describe('the attack of 2019, replayed on both designs', () => {
  let result: Twitter2019Result;
  beforeAll(async () => {
    result = await runTwitter2019(options);
  });
  const design = (name: string) => {
    const found = result.designs.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no design ${name}`);
    return found;
  };

  it('gives the same figures again for the same seed', async () => {
    expect(await runTwitter2019(options)).toEqual(result);
  });

  it('has the keys that scripts rely on', () => {
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining(['scenario', 'seed', 'accounts', 'days', 'numbersTried', 'designs']),
    );
    for (const each of result.designs) {
      expect(Object.keys(each)).toEqual(
        expect.arrayContaining([
          'name',
          'namesLearnt',
          'namesPerAccountDay',
          'membersExposedShare',
          'honestFoundShare',
          'honestDelayHoursP99',
        ]),
      );
    }
  });

  it('strips the endpoint of 2019 of everyone who left the setting on', () => {
    const before = design('endpoint-2019');
    // Two in five members chose `anyone`, and the whole number space was on the list.
    expect(before.membersExposedShare).toBeGreaterThan(0.36);
    expect(before.membersExposedShare).toBeLessThan(0.44);
    expect(before.numbersLookedUp).toBe(result.numbersTried);
  });

  it('learns from Kith what so many accounts can look up, and no more', () => {
    const after = design('kith');
    const lookupsMax = options.accounts * (1_000 + 50 * options.days);
    expect(after.numbersLookedUp).toBeLessThanOrEqual(lookupsMax);
    expect(after.numbersLookedUp).toBeGreaterThan(lookupsMax * 0.8);
    expect(after.namesLearnt).toBeGreaterThan(0);
    // A guess hits someone who chose `anyone` 17 times in 2,000; three deviations above that.
    const expected = (lookupsMax * 17) / 2_000;
    expect(after.namesLearnt).toBeLessThan(expected + 3 * Math.sqrt(expected));
    expect(after.namesByDay.at(-1)).toBe(after.namesLearnt);
  });

  it('finds honest members more of their people with Kith, mutual ones included', () => {
    expect(design('kith').honestFoundShare).toBeGreaterThan(design('endpoint-2019').honestFoundShare);
    expect(design('kith').honestDelayHoursP50).toBeLessThan(1);
  });

  it('is told in words, in a terminal chart and in an SVG', () => {
    expect(twitter2019Text(result)).toContain('endpoint-2019');
    expect(twitter2019Chart(result)).toContain(`kith: ${design('kith').namesLearnt}`);
  });
});
