import { describe, expect, it } from 'vitest';
import { calibrationOf } from './calibrate.ts';
import { companyMax } from './company.ts';
import { addLinks, type Block, type Pool } from './evidence.ts';

const calibrations = { all: calibrationOf([-0.2, 0.2, 0.9]), without: new Map() };

interface Suspect {
  volume: number;
  blocks: readonly number[];
}

/** Suspects with evidence in one respect, in blocks of so many members. */
function poolOf(suspects: readonly Suspect[], blockMembers: number): Pool {
  const places = [...new Set(suspects.flatMap(({ blocks }) => blocks))].sort((a, b) => a - b);
  const evidence = Float64Array.from(suspects, ({ volume }) => volume);
  const block = (place: number): Block => ({
    id: place,
    family: place < 100 ? 'address' : 'client',
    signal: 'shared-network',
    implies: [],
    members: blockMembers,
    suspects: suspects.flatMap(({ blocks }, i) => (blocks.includes(place) ? [i] : [])),
  });
  return {
    members: suspects.map((_, i) => `m${i}`),
    own: evidence,
    families: new Map([['volume', evidence]]),
    blocks: places.map(block),
    memberBlocks: suspects.map(({ blocks }) => blocks.map((each) => places.indexOf(each))),
  };
}

/** Accounts that borrow another home for each request: each operator knows a few of them. */
const roaming = (operators: number): Suspect[] =>
  Array.from({ length: 100 }, (_, i) => ({
    volume: 7,
    blocks: Array.from({ length: operators }, (_, j) => (i * 7 + j * 13) % 100),
  }));

const evidenceOf = (suspects: readonly Suspect[]): Float64Array =>
  addLinks(poolOf(suspects, 20), calibrations).total;

describe('what company can prove', () => {
  it('is nothing for a handful, and more the more there are', () => {
    expect(companyMax(3)).toBeLessThan(0);
    expect(companyMax(30)).toBeGreaterThan(5);
    expect(companyMax(300)).toBeGreaterThan(companyMax(30));
  });

  it('is more where several kinds of things tie them, which few honest causes bring, and not without end', () => {
    expect(companyMax(30, 3)).toBeGreaterThan(companyMax(30, 1) + 1);
    expect(companyMax(30, 9)).toBe(companyMax(30, 3));
    expect(companyMax(3, 9)).toBeLessThan(0.5);
  });

  it('counts all whom an account meets anywhere, each once', () => {
    const inTens = (client: (i: number) => number): Suspect[] =>
      Array.from({ length: 100 }, (_, i) => ({ volume: 4, blocks: [Math.floor(i / 10), 100 + client(i)] }));
    const [same = 0] = evidenceOf(inTens((i) => Math.floor(i / 10)));
    const [others = 0] = evidenceOf(inTens((i) => i % 10));
    expect(others).toBeGreaterThan(same + 0.3);
  });

  it('is less for whoever is among them and acts otherwise', () => {
    const bystander = { volume: 1, blocks: roaming(9)[0]?.blocks ?? [] };
    const [alike = 0, unlike = 0] = [7, 1].map((volume) =>
      evidenceOf([...roaming(9), { ...bystander, volume }]).at(-1),
    );
    expect(alike).toBeGreaterThan(Math.log(99));
    expect(unlike).toBeLessThan(0);
  });

  it('asks nobody to be like accounts that differ among themselves', () => {
    const motley = roaming(9).map((suspect, i) => ({ ...suspect, volume: 2.5 + (i % 5) }));
    const with1 = evidenceOf([...motley, { volume: 3, blocks: motley[0]?.blocks ?? [] }]).at(-1) ?? 0;
    const uniform = roaming(9).map((suspect) => ({ ...suspect, volume: 6 }));
    const with2 = evidenceOf([...uniform, { volume: 3, blocks: motley[0]?.blocks ?? [] }]).at(-1) ?? 0;
    expect(with1).toBeGreaterThan(with2 + 2);
  });
});
