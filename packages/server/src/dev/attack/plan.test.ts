import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../random.ts';
import { demoRegion } from '../region.ts';
import { planAttack, planLife, storyHours } from './plan.ts';

const endMs = Date.UTC(2026, 0, 20, 20);
const region = demoRegion(endMs, { town: 300, townsAround: 2 });
const { town } = region;
const plan = planAttack(region, {
  size: { accounts: 40, honest: 60 },
  endMs,
  run: 'f1',
  random: mulberry32(7),
});
const fakes = new Map(plan.accounts.map((account) => [account.id, account]));
const asks = plan.asks.filter(({ member }) => fakes.has(member));

const inBoth = <T>(one: Set<T>, other: Set<T>) => [...one].filter((each) => other.has(each));

describe('the attack of the demo', () => {
  it('is two rings from three countries, with nothing in common', () => {
    const of = (ring: string) => asks.filter(({ member }) => member.startsWith(`f1-${ring}`));
    const distinct = (ring: string, what: 'country' | 'network' | 'device' | 'client') =>
      new Set(of(ring).map(({ origin }) => origin[what]));
    expect([...distinct('a', 'country')].sort()).toEqual(['IL', 'IR']);
    expect([...distinct('b', 'country')]).toEqual(['MY']);
    for (const what of ['network', 'device', 'client'] as const)
      expect(inBoth(distinct('a', what), distinct('b', what))).toEqual([]);
    const numbers = (ring: string) => new Set(of(ring).flatMap((ask) => ask.numbers));
    expect(inBoth(numbers('a'), numbers('b'))).toEqual([]);
  });

  it('asks in the order of time, within two days that end now, and from accounts that exist by then', () => {
    const times = plan.asks.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(endMs - storyHours * 3_600_000);
    expect(times.at(-1)).toBeLessThanOrEqual(endMs);
    for (const { member, at } of asks)
      expect(Date.parse(fakes.get(member)!.createdAt!)).toBeLessThanOrEqual(at);
  });

  it('tries shuffled numbers of the town’s area codes, most of which nobody has', () => {
    const numbers = asks.flatMap((ask) => ask.numbers);
    const phones = new Set(town.people.map(({ member }) => member.phone));
    const hits = numbers.filter((number) => phones.has(number)).length;
    expect(hits).toBeGreaterThan(0);
    expect(hits / numbers.length).toBeLessThan(0.05);
    const inRow = numbers.filter((number, at) => Number(number) === Number(numbers[at - 1]) + 1).length;
    expect(inRow / numbers.length).toBeLessThan(0.01);
  });

  it('uses addresses and networks that are nobody’s, and other names at every run', () => {
    for (const { origin } of plan.asks) {
      expect(origin.prefix).toMatch(/^2001:db8:[0-9a-f]{1,4}::\/48$/);
      expect(origin.network! >= 64_496 && origin.network! <= 64_511).toBe(true);
    }
    const other = planAttack(region, {
      size: { accounts: 40, honest: 0 },
      endMs,
      run: 'f2',
      random: mulberry32(7),
    });
    expect(other.accounts.some(({ id }) => fakes.has(id))).toBe(false);
  });
});

describe('the month before', () => {
  it('has everybody send a book once, after having joined, but those whom a visitor may be', () => {
    const life = planLife(town, endMs, mulberry32(3));
    const members = life.map(({ member }) => member);
    expect(new Set(members).size).toBe(members.length);
    expect(members.length).toBeGreaterThan(250);
    for (const { member } of town.signIns) expect(members).not.toContain(member.id);
    const joined = new Map(town.people.map(({ member }) => [member.id, Date.parse(member.createdAt!)]));
    for (const { member, at } of life) expect(at).toBeGreaterThanOrEqual(joined.get(member)!);
  });
});
