import { describe, expect, it } from 'vitest';
import { isRegion, planOf } from './numbering-plan.ts';

describe('regions', () => {
  it('are known by two letters, in either case', () => {
    expect(['US', 'us', 'Gb', 'XK', 'TA'].every(isRegion)).toBe(true);
  });

  it('are nothing else', () => {
    const codes = ['', 'U', 'USA', 'ZZ', 'UK', '001', '__proto__', 'constructor', 'U\u0053\u0301', '44'];
    expect(codes.filter(isRegion)).toEqual([]);
  });
});

describe('numbering plans', () => {
  it('are found by the calling code that the digits begin with', () => {
    expect(['1213', '7495', '4420', '3584', '8001'].map((digits) => planOf(digits)?.callingCode)).toEqual([
      '1',
      '7',
      '44',
      '358',
      '800',
    ]);
  });

  it('are made once', () => {
    expect(planOf('4479')).toBe(planOf('4420'));
  });

  it('do not exist for unassigned codes', () => {
    expect(['0', '210', '999', '', 'tos', '__p'].map(planOf)).toEqual(Array(6).fill(undefined));
  });
});
