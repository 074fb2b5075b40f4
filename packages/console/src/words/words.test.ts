import { NumberRejection } from '@kith/protocol';
import { describe, expect, it } from 'vitest';
import { counted } from './counts.ts';
import { hueOf, initialsOf } from './initials.ts';
import { troubleOf } from './problems.ts';
import { reasonOf } from './reasons.ts';
import { settingOf, settings } from './settings.ts';

const failed = (code: string, retryAfterSecs?: number) =>
  Object.assign(new Error('x'), { code, retryAfterSecs });

describe('counts', () => {
  it.each([
    [1, '1 contact'],
    [0, '0 contacts'],
    [2340, '2,340 contacts'],
  ])('%i is "%s"', (n, words) => expect(counted(n, 'contact')).toBe(words));
});

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['  ada   king  of lovelace ', 'AL'],
    ['Ада', 'А'],
    ['李小龙', '李'],
    ['Émilie du Châtelet', 'ÉC'],
    ['(Mum) ❤️', 'M'],
    ['❤️', '?'],
    ['', '?'],
  ])('of "%s" are "%s"', (name, initials) => expect(initialsOf(name)).toBe(initials));

  it('have the same colour each time, and more than one among many', () => {
    expect(hueOf('ada', 8)).toBe(hueOf('ada', 8));
    expect(new Set(Array.from({ length: 50 }, (_, i) => hueOf(`m${i}`, 8))).size).toBe(8);
  });
});

describe('reasons', () => {
  it('exist in words for every code of the contract', () => {
    for (const { const: code } of NumberRejection.anyOf)
      expect(reasonOf(code)).not.toBe(code.replaceAll('_', ' '));
  });

  it('show a code that is new as it is', () => expect(reasonOf('toString')).toBe('toString'));
});

describe('trouble', () => {
  it('is said for a lost connection', () =>
    expect(troubleOf(failed('network')).title).toBe('Kith cannot be reached'));

  it('names a code that has no words yet', () => {
    expect(troubleOf(failed('brand_new')).advice).toContain('brand_new');
  });

  it.each([
    [40, '40 seconds'],
    [600, '10 minutes'],
    [40_000, '12 hours'],
  ])('says when to try again after %i s', (secs, words) => {
    expect(troubleOf(failed('too_many_requests', secs)).advice).toContain(words);
  });

  it('does not blame the service for a fault of the page', () => {
    expect(troubleOf(new TypeError('x is undefined')).title).toContain('this page');
  });
});

describe('settings', () => {
  it('recommend mutual, and mutual alone', () => {
    expect(settings.filter((setting) => setting.recommended).map(({ value }) => value)).toEqual(['mutual']);
  });

  it('say of anyone that a number leads to a name', () => {
    expect(settingOf('anyone').what).toContain('can learn your name');
  });
});
