import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import { codeOf, streamOf } from '../random.testing.ts';
import { loadFastPairing, loadPurePairing } from './load.ts';
import { describePairing } from './pairing.contract.testing.ts';
import type { Pairing } from './pairing.ts';

describePairing('fast', loadFastPairing, 1_000);
describePairing('pure', loadPurePairing, 10);

describe('both backends of BLS12-381', () => {
  let fast: Pairing;
  let pure: Pairing;
  beforeAll(async () => {
    [fast, pure] = await Promise.all([loadFastPairing(), loadPurePairing()]);
  });

  function everything(pairing: Pairing, seed: string): string[] {
    const random = streamOf(seed);
    const [message, tag, scalar] = [random(30), random(40), pairing.randomScalar(random)];
    const [a, b] = [pairing.hashToG1(message, tag), pairing.hashToG2(message, tag)];
    const [ka, kb] = [pairing.multiplyG1(a, scalar), pairing.multiplyG2(b, scalar)];
    const prepared = pairing.prepare(kb);
    return [
      scalar,
      ...[a, b, ka, kb, pairing.addG1(a, ka), pairing.addG2(b, kb)].map((point) => point.toBytes()),
      pairing.readG1(ka.toBytes()).toBytes(),
      pairing.readG2(kb.toBytes()).toBytes(),
      pairing.pair(ka, b),
      pairing.pairPrepared(a, prepared),
      pairing.generatorG1.toBytes(),
      pairing.generatorG2.toBytes(),
    ].map(toHex);
  }

  it.each(['one', 'two', 'three'])('give the same bytes for the same input (%s)', (seed) => {
    expect(everything(fast, seed)).toEqual(everything(pure, seed));
  });

  it('do not take each other for their own', () => {
    const [a, b] = [pure.generatorG1, pure.generatorG2];
    expect(codeOf(() => fast.pair(a, b))).toBe('backend_mismatch');
    expect(codeOf(() => pure.pair(fast.generatorG1, b))).toBe('backend_mismatch');
    expect(codeOf(() => fast.pairPrepared(fast.generatorG1, pure.prepare(b)))).toBe('backend_mismatch');
    expect(codeOf(() => pure.pairPrepared(a, fast.prepare(fast.generatorG2)))).toBe('backend_mismatch');
  });

  it('refuse a released preparation where it would read foreign memory', () => {
    const prepared = fast.prepare(fast.generatorG2);
    prepared.release();
    expect(codeOf(() => fast.pairPrepared(fast.generatorG1, prepared))).toBe('backend_mismatch');
  });
});
