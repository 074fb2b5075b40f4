import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { numberingPlan } from './numbering-plan.ts';

describe('numbering plans', () => {
  it('gives only numbers that libphonenumber calls valid mobile numbers, in every region it knows', () => {
    const regions = getCountries().filter((region) => region !== 'TA');
    for (const region of regions) {
      const plan = numberingPlan(region);
      for (const share of [0, 0.31, 0.77, 1]) {
        const number = plan.numberAt(Math.min(plan.size - 1, Math.floor(plan.size * share)));
        const parsed = parsePhoneNumberFromString(number);
        expect(parsed?.isValid(), `${region} ${number}`).toBe(true);
        expect(parsed?.number).toBe(number);
      }
    }
  });

  it('is evenly drawn, strictly ascending and undone by rankOf', () => {
    const plan = numberingPlan('GB');
    expect(plan.size).toBeGreaterThan(3e8);
    fc.assert(
      fc.property(fc.nat(plan.size - 2), (rank) => {
        const number = plan.numberAt(rank);
        expect(plan.rankOf(number)).toBe(rank);
        expect(plan.numberAt(rank + 1) > number).toBe(true);
        expect(parsePhoneNumberFromString(number)?.getType()).toBe('MOBILE');
      }),
    );
  });

  it('says so when a region has none', () => {
    expect(() => numberingPlan('TA')).toThrow(/no mobile numbering plan/);
    expect(() => numberingPlan('XX')).toThrow(/no mobile numbering plan/);
  });
});
