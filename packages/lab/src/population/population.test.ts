import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { quantile } from './distributions.ts';
import { createPopulation, memberLineOf, type PopulationSpec } from './population.ts';

const spec: PopulationSpec = {
  seed: 5,
  startMs: Date.UTC(2026, 0, 1),
  countries: [
    { region: 'TR', members: 30_000 },
    { region: 'FR', members: 20_000, memberDensity: 0.05 },
  ],
};
const population = createPopulation(spec);
const sampled = Array.from({ length: 800 }, (_, index) => index * 61);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a simulated population', () => {
  it('is the same for the same seed, and another for another', () => {
    const again = createPopulation(spec);
    const other = createPopulation({ ...spec, seed: 6 });
    for (const index of [0, 17, 29_999, 30_000, 49_999]) {
      expect(again.member(index)).toEqual(population.member(index));
      expect(again.bookOf(index)).toEqual(population.bookOf(index));
      expect(other.member(index).number).not.toBe(population.member(index).number);
    }
  });

  it('gives each member one valid number of its country, and finds the owner back', () => {
    const numbers = new Set<string>();
    for (const member of population.members()) {
      numbers.add(member.number);
      if (member.index % 97 !== 0) continue;
      expect(population.ownerOf(member.number)).toBe(member.index);
      const parsed = parsePhoneNumberFromString(member.number);
      expect(parsed?.isValid()).toBe(true);
      expect(parsed?.country).toBe(member.region);
    }
    expect(numbers.size).toBe(population.memberCount);
  });

  it('lets a random guess hit as often as the density of each country says', () => {
    const [turkey] = population.countries;
    const turkish = turkey!.space.size;
    const hits = (from: number, to: number) => {
      let count = 0;
      for (let place = from; place < to; place += 25) {
        if (population.ownerOf(population.numberAt(place)) !== undefined) count += 1;
      }
      return (count * 25) / (to - from);
    };
    expect(hits(0, turkish)).toBeCloseTo(0.02, 2);
    expect(hits(turkish, population.numberCount)).toBeCloseTo(0.05, 2);
  });

  it('shares out settings as asked, and no account is younger than the start', () => {
    const counts = { nobody: 0, mutual: 0, anyone: 0 };
    for (const member of population.members()) {
      counts[member.discoverable] += 1;
      expect(member.createdAtMs).toBeLessThanOrEqual(spec.startMs);
    }
    expect(counts.nobody / population.memberCount).toBeCloseTo(0.25, 2);
    expect(counts.mutual / population.memberCount).toBeCloseTo(0.35, 2);
    expect(counts.anyone / population.memberCount).toBeCloseTo(0.4, 2);
  });

  it('describes members as the host API takes them', () => {
    const member = population.member(123);
    expect(memberLineOf(member)).toMatchObject({ id: member.id, phone: member.number, card: member.card });
  });
});

describe('address books', () => {
  const sizes = sampled.map((index) => population.bookOf(index).length);

  it('have a heavy tail around the published means of 47 (ordinary) and 485 (students)', () => {
    expect(quantile(sizes, 0.5)).toBeGreaterThan(25);
    expect(quantile(sizes, 0.5)).toBeLessThan(55);
    expect(mean(sizes)).toBeGreaterThan(47);
    expect(mean(sizes)).toBeLessThan(200);
    expect(quantile(sizes, 0.99) / quantile(sizes, 0.5)).toBeGreaterThan(15);
  });

  it('hold numbers once each', () => {
    const book = population.bookOf(61);
    expect(new Set(book).size).toBe(book.length);
  });

  it('are about half acquaintances, and hit members far more often than a random guess', () => {
    const hits = sampled.map((index) => {
      const book = population.bookOf(index);
      return book.filter((number) => population.ownerOf(number) !== undefined).length / book.length;
    });
    // Half the book times three in ten acquaintances, and the odd stranger.
    expect(mean(hits)).toBeGreaterThan(0.12);
    expect(mean(hits)).toBeLessThan(0.22);
  });

  it('contain every friend, and agree with what is asked pair by pair', () => {
    for (const index of sampled.slice(0, 60)) {
      const book = new Set(population.bookOf(index));
      for (const friend of population.friendsOf(index)) {
        expect(book.has(population.member(friend).number)).toBe(true);
        expect(population.knows(index, friend)).toBe(true);
      }
      expect(population.knows(index, index)).toBe(false);
    }
  });

  it('are reciprocated imperfectly and unequally, as in real graphs: median 0.38 to 0.85, 10th percentile 0.14 to 0.57', () => {
    const shares = sampled.flatMap((index) => {
      const friends = population.friendsOf(index);
      if (friends.length < 5) return [];
      return [friends.filter((friend) => population.knows(friend, index)).length / friends.length];
    });
    expect(shares.length).toBeGreaterThan(300);
    expect(quantile(shares, 0.5)).toBeGreaterThan(0.38);
    expect(quantile(shares, 0.5)).toBeLessThan(0.85);
    expect(quantile(shares, 0.1)).toBeGreaterThan(0.14);
    expect(quantile(shares, 0.1)).toBeLessThan(0.57);
  });
});
