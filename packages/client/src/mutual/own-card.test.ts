import { deriveMeeting, openCard, sealCard } from '@kith/protocol/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownCard } from './own-card.ts';

const [low, high] = (['low', 'high'] as const).map((side) =>
  deriveMeeting(new Uint8Array(576).fill(7), 1, side),
);
const random = (length: number) => new Uint8Array(length);

describe('one’s own card for a slot', () => {
  it('always fits, arrives as it was cut, and keeps the id whole or leaves it out', () => {
    const text = (max: number) => fc.string({ maxLength: max, unit: 'binary' });
    fc.assert(
      fc.property(text(200), text(200), text(100), fc.option(text(500)), (id, name, handle, avatarUrl) => {
        const card = ownCard({ id, card: { name, handle, ...(avatarUrl !== null && { avatarUrl }) } });
        const arrived = openCard(high!, sealCard(low!, card, random));
        expect(arrived).toEqual(card.avatarUrl === '' ? { ...card, avatarUrl: undefined } : card);
        expect([id, '']).toContain(card.id);
        expect(name.startsWith(card.name)).toBe(true);
      }),
    );
  });

  it('drops the picture before it cuts words', () => {
    const card = { name: 'Ada', handle: 'ada', avatarUrl: `https://example.org/${'x'.repeat(460)}` };
    expect(ownCard({ id: 'ada', card })).toEqual({ id: 'ada', name: 'Ada', handle: 'ada' });
  });

  it('cuts between characters, never inside one', () => {
    const { name } = ownCard({
      id: 'i'.repeat(200),
      card: { name: '👩‍🚀'.repeat(60), handle: 'h'.repeat(100) },
    });
    expect(name.length).toBeGreaterThan(0);
    expect(name).not.toMatch(/\p{Surrogate}/u);
  });
});
