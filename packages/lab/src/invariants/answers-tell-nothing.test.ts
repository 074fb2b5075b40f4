import type { Discoverable } from '@kith/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKith, type TestKith } from '../harness/start-kith.ts';
import { numberingPlan } from '../population/numbering-plan.ts';
import { createRandom, shuffled } from '../population/random.ts';

const syncsPerKind = 80;
const numbersPerSync = 60;
const warmUps = 5;
const plan = numberingPlan('GB');
/** Numbers of members of every setting, and numbers of nobody: the same count, the same length. */
const owned = Array.from({ length: numbersPerSync }, (_, n) => plan.numberAt(10_000 + n));
const unowned = Array.from({ length: numbersPerSync }, (_, n) => plan.numberAt(20_000 + n));
const settings = ['nobody', 'mutual', 'anyone'] as const;

/** Each newcomer on a /24 of its own, whose budget nobody shares. */
const from = (n: number) => ({ 'x-forwarded-for': `5.160.${n}.1` });

function owners() {
  return owned.map((phone, n) => ({
    id: `owner-${n}`,
    card: { name: `Owner ${n}`, handle: `o${n}` },
    phone,
    discoverable: settings[n % 3] as Discoverable,
  }));
}

function newcomers(count: number) {
  return Array.from({ length: count }, (_, n) => ({
    id: `new-${n}`,
    card: { name: 'New', handle: `n${n}` },
    phone: plan.numberAt(30_000 + n),
    discoverable: 'anyone' as const,
  }));
}

interface Answer {
  kind: 'hit' | 'miss';
  body: string;
  headers: string;
  ms: number;
}

/** The chance that a random hit takes longer than a random miss (Mann and Whitney): one half when nothing is told. */
function chanceSlower(hits: readonly number[], misses: readonly number[]): number {
  let slower = 0;
  for (const hit of hits) for (const miss of misses) slower += hit > miss ? 1 : hit === miss ? 0.5 : 0;
  return slower / (hits.length * misses.length);
}

describe('the answer to a sync', () => {
  let kith: TestKith;
  let answers: Answer[];
  beforeAll(async () => {
    kith = await startKith();
    const kinds = shuffled(createRandom(1), [
      ...new Array<'hit'>(syncsPerKind).fill('hit'),
      ...new Array<'miss'>(syncsPerKind).fill('miss'),
    ]);
    await kith.host.importMembers([...owners(), ...newcomers(kinds.length + warmUps)]);
    // The first calls of a process compile code: they tell nothing about numbers.
    for (let n = 0; n < warmUps; n += 1) await syncOnce(kinds.length + n, 'hit');
    answers = [];
    for (const [n, kind] of kinds.entries()) answers.push(await syncOnce(n, kind));
  });
  afterAll(() => kith.stop());

  async function syncOnce(n: number, kind: 'hit' | 'miss'): Promise<Answer> {
    const token = await kith.host.memberToken(`new-${n}`);
    const body = JSON.stringify({ numbers: kind === 'hit' ? owned : unowned });
    const startedMs = performance.now();
    const response = await fetch(`${kith.origin}/v1/me/contacts`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...from(n) },
    });
    const text = await response.text();
    const ms = performance.now() - startedMs;
    const headers = [...response.headers].filter(([name]) => name !== 'date').join('\n');
    return { kind, body: text, headers: `${response.status}\n${headers}`, ms };
  }

  it('is the same, byte for byte, headers included, whether or not the numbers belong to anyone', () => {
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers)).size).toBe(1);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({
      accepted: numbersPerSync,
      new: numbersPerSync,
    });
  });

  it(`takes the same time: over ${syncsPerKind} syncs of each kind, a hit is slower than a miss with chance 0.5 within 0.16 (Mann-Whitney, 3.5 deviations)`, () => {
    const timesOf = (kind: Answer['kind']) =>
      answers.filter((answer) => answer.kind === kind).map(({ ms }) => ms);
    const chance = chanceSlower(timesOf('hit'), timesOf('miss'));
    expect(Math.abs(chance - 0.5)).toBeLessThan(0.16);
  });

  it('shows nobody until a batch has passed, and then whoever chose anyone', async () => {
    const hit = kith.as(`new-${answers.findIndex(({ kind }) => kind === 'hit')}`);
    expect(await hit.allPeople()).toEqual([]);
    await kith.work();
    expect(await hit.allPeople()).toEqual([]);
    await kith.elapse(20 * 60_000);
    expect((await hit.allPeople()).length).toBe(numbersPerSync / 3);
  });
});
