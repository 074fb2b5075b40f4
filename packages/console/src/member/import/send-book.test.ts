import type { ContactsPatch, ContactsPut, SyncAnswer } from '@kith/protocol';
import { describe, expect, it } from 'vitest';
import { type Progress, sendBook } from './send-book.ts';

/** A service that takes everything but numbers that end in 7, and lets each of them wait. */
function service() {
  const calls: [string, number][] = [];
  let waiting = 0;
  const answer = (given: readonly string[]): SyncAnswer => {
    const rejected = given.flatMap((number, index) =>
      number.endsWith('7') ? [{ index, code: 'not_valid' as const }] : [],
    );
    const accepted = given.length - rejected.length;
    waiting += accepted;
    const waitingUntil = `2026-12-0${calls.length}T00:00:00Z`;
    return { accepted, new: accepted, waiting, waitingUntil, rejected, budget: {} as SyncAnswer['budget'] };
  };
  return {
    calls,
    putContacts: async ({ numbers }: ContactsPut) => {
      calls.push(['put', numbers.length]);
      return answer(numbers);
    },
    patchContacts: async ({ add = [] }: ContactsPatch) => {
      calls.push(['patch', add.length]);
      return answer(add);
    },
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `+1${i}`);

describe('a whole address book', () => {
  it('goes in one call', async () => {
    const kith = service();
    await sendBook(kith, { numbers: numbers(2500), whole: true }, () => {});
    expect(kith.calls).toEqual([['put', 2500]]);
  });

  it('beyond what one call may carry is followed by additions', async () => {
    const kith = service();
    await sendBook(kith, { numbers: numbers(51_200), whole: true }, () => {});
    expect(kith.calls).toEqual([
      ['put', 50_000],
      ['patch', 1000],
      ['patch', 200],
    ]);
  });

  it('that is empty is sent all the same: it forgets what was there', async () => {
    const kith = service();
    await sendBook(kith, { numbers: [], whole: true }, () => {});
    expect(kith.calls).toEqual([['put', 0]]);
  });
});

describe('an addition', () => {
  it('goes in parts, with progress after each', async () => {
    const kith = service();
    const seen: Progress[] = [];
    await sendBook(kith, { numbers: numbers(2500), whole: false }, (progress) => seen.push(progress));
    expect(kith.calls.map(([, count]) => count)).toEqual([1000, 1000, 500]);
    expect(seen.map(({ done }) => done)).toEqual([0, 1000, 2000, 2500]);
  });

  it('adds up the counts, keeps the last state of what waits, and places each rejection', async () => {
    const sent = await sendBook(service(), { numbers: numbers(1010), whole: false }, () => {});
    expect(sent).toMatchObject({
      accepted: 909,
      new: 909,
      waiting: 909,
      waitingUntil: '2026-12-02T00:00:00Z',
    });
    expect(sent.rejected).toHaveLength(101);
    expect(sent.rejected.at(-1)).toEqual({ index: 1007, code: 'not_valid' });
  });

  it('of nothing asks nothing', async () => {
    const kith = service();
    await sendBook(kith, { numbers: [], whole: false }, () => {});
    expect(kith.calls).toEqual([]);
  });
});
