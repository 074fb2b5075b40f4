import type { KithStore } from '@kith/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateMember, type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
let open: PrivateMember;
/** Has saved every member that a test kills or stops. */
let friend: PrivateMember;
const spare: PrivateMember[] = [];
beforeAll(async () => {
  world = await startPrivateWorld();
  open = await world.join('open', { discoverable: 'anyone' });
  friend = await world.join('friend');
  for (let count = 0; count < 60; count += 1) spare.push(await world.join(`member-${count}`));
  await friend.finds(
    spare.map(({ number }) => number),
    { ways: ['mutual'] },
  );
  await world.kith.work();
});
afterAll(() => world?.stop());

class Killed extends Error {}

/** The end of a process, at a chosen moment: what was done before is done, and nothing happens after. */
class Life {
  moments = 0;
  readonly #last: number;

  constructor(last: number) {
    this.#last = last;
  }

  pass(): void {
    this.moments += 1;
    if (this.moments > this.#last) throw new Killed();
  }

  /** Death may come before the work and after it. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    this.pass();
    const result = await work();
    this.pass();
    return result;
  }

  store(inner: KithStore): KithStore {
    return {
      get: (name) => inner.get(name),
      keys: (prefix) => inner.keys(prefix),
      put: (name, value) => this.around(() => inner.put(name, value)),
      delete: (name) => this.around(() => inner.delete(name)),
    };
  }

  readonly fetch: typeof fetch = (url, init) => this.around(() => fetch(url, init));
}

/** A member with a book of one who has saved it, one whom anyone may find, and a stranger. */
function withBook() {
  return { me: spare.pop()!, book: [friend.number, open.number, world.newNumber()] };
}

const runUntil = async (me: PrivateMember, book: readonly string[], life: Life): Promise<void> => {
  await me.device({ store: life.store(me.store), fetch: life.fetch }).findPeople(book);
};

/** What a run costs that nobody disturbs. */
const undisturbed = { slots: 3, lookups: 2 };

async function spent(me: PrivateMember) {
  const { slots, lookups } = await world.kith.as(me.id).budget();
  // One meeting with an established member adds 10 lookups.
  return { slots: 20_000 - slots.left, lookups: 1_010 - lookups.left };
}

describe('a run that is killed', () => {
  it('at whichever of its moments, is made whole by the next one, and pays for nothing twice', async () => {
    const whole = new Life(Number.POSITIVE_INFINITY);
    const reference = withBook();
    await runUntil(reference.me, reference.book, whole);
    expect(await spent(reference.me)).toEqual(undisturbed);

    const wrong: unknown[] = [];
    for (let moment = 0; moment < whole.moments; moment += 1) {
      const { me, book } = withBook();
      const death = await runUntil(me, book, new Life(moment)).catch((error: unknown) => error);
      const again = await me.finds(book);
      const outcome = { ...shown(again), waiting: again.waiting, ...(await spent(me)) };
      const expected = { friend: 'mutual', waiting: 0, ...undisturbed };
      const died = death instanceof Error && [death, death.cause].some((error) => error instanceof Killed);
      if (!died || JSON.stringify(outcome) !== JSON.stringify(expected))
        wrong.push({ moment, death, outcome });
    }
    expect(wrong).toEqual([]);
    expect(whole.moments).toBeGreaterThan(20);
  });
});

describe('a run that the app stops', () => {
  it('rejects with the reason at whichever step, and the next one finds everyone at no extra cost', async () => {
    const phases: string[] = [];
    const reference = withBook();
    await reference.me.finds(reference.book, {
      onProgress: ({ phase, done }) => phases.push(`${phase} ${done}`),
    });
    for (let step = 0; step < phases.length; step += 1) {
      const { me, book } = withBook();
      const abort = new AbortController();
      let steps = 0;
      const onProgress = () => {
        if (steps++ === step) abort.abort(new Error('left the page'));
      };
      const stopped = me.finds(book, { signal: abort.signal, onProgress });
      // The very last step leaves nothing to stop.
      if (step < phases.length - 1) await expect(stopped).rejects.toThrow('left the page');
      else await stopped;
      expect(shown(await me.finds(book))).toEqual({ friend: 'mutual' });
      expect(await spent(me)).toEqual(undisturbed);
    }
  });

  it('does not begin when the signal has aborted before', async () => {
    const { me, book } = withBook();
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(me.finds(book, { signal })).rejects.toThrow('never mind');
    expect(await spent(me)).toMatchObject({ slots: 0 });
  });
});

describe('two runs at once on one device', () => {
  it('take turns, and pay once', async () => {
    const { me, book } = withBook();
    const device = me.device();
    await Promise.all([device.findPeople(book), device.findPeople(book)]);
    expect(await spent(me)).toEqual(undisturbed);
  });
});
