import { describe, expect, it } from 'vitest';
import { ownNumberOf } from './own-number.ts';

describe('one’s own number', () => {
  it.each([
    ['+49 1512 3456789', '+4915123456789'],
    [' 0044 (7700) 900-123 ', '+447700900123'],
    ['+1/415.555‑0123', '+14155550123'],
    ['07700 900123', undefined],
    ['+0123456789', undefined],
    ['+12', undefined],
    ['ada', undefined],
  ])('of "%s" is %s', (text, number) => expect(ownNumberOf(text)).toBe(number));
});
