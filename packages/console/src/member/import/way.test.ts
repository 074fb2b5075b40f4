import { describe, expect, it } from 'vitest';
import { rememberedWay, rememberWay } from './way.ts';

const shelf = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};
const forbidden = () => {
  throw new Error('forbidden');
};

describe('the way an address book goes', () => {
  it('is private until somebody chooses otherwise, and then stays chosen', () => {
    const browser = shelf();
    expect(rememberedWay(browser)).toBe('private');
    rememberWay('plain', browser);
    expect(rememberedWay(browser)).toBe('plain');
    rememberWay('private', browser);
    expect(rememberedWay(browser)).toBe('private');
  });

  it('is private where nothing may be kept, or rubbish is', () => {
    expect(rememberedWay({ getItem: forbidden })).toBe('private');
    expect(() => rememberWay('plain', { setItem: forbidden })).not.toThrow();
    expect(rememberedWay({ getItem: () => 'PLAIN' })).toBe('private');
  });
});
