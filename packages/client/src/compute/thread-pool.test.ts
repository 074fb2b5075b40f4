import { CryptoError } from '@kith/protocol/crypto';
import { describe, expect, it } from 'vitest';
import { inThread } from './in-thread.ts';
import type { FromThread, Thread, ToThread } from './thread.ts';
import { ThreadPool } from './thread-pool.ts';
import { startThread } from './threads.node.ts';

/** Threads that do what the test says. */
function scripted(behave: (message: ToThread, answer: (message?: FromThread) => void) => void) {
  const threads: { ended: boolean; held: boolean }[] = [];
  const start = (): Thread => {
    const state = { ended: false, held: false };
    threads.push(state);
    let hear: (message: FromThread | undefined) => void = () => undefined;
    return {
      post: (message) => void Promise.resolve().then(() => behave(message, (answer) => hear(answer))),
      listen: (onMessage) => {
        hear = onMessage;
      },
      hold: (held) => {
        state.held = held;
      },
      end: () => {
        state.ended = true;
      },
    };
  };
  return { threads, start };
}

const given = (number: string) => ({ numbers: [number] });
const started: FromThread = { started: true };

describe('a pool of threads', () => {
  it('starts as many as there is work for, and no more than its width', async () => {
    const { threads, start } = scripted((message, answer) =>
      answer('backend' in message ? started : { id: 0, result: 'done' }),
    );
    const pool = new ThreadPool('fast', 3, start);
    await pool.run('blind', given('+14155550100'));
    expect(threads).toHaveLength(1);
    await Promise.all(Array.from({ length: 9 }, () => pool.run('blind', given('+14155550100'))));
    expect(threads).toHaveLength(3);
    expect(threads.every(({ held }) => !held)).toBe(true);
    pool.close();
    expect(threads.every(({ ended }) => ended)).toBe(true);
  });

  it('passes on what a task found wrong, with its code and place', async () => {
    const { start } = scripted((message, answer) =>
      answer(
        'backend' in message ? started : { id: 0, error: { code: 'element_invalid', message: '', at: 3 } },
      ),
    );
    const failure = await new ThreadPool('fast', 1, start).run('blind', given('+1')).catch((error) => error);
    expect(failure).toBeInstanceOf(CryptoError);
    expect(failure).toMatchObject({ code: 'element_invalid', at: 3 });
  });

  it('goes on in the app’s own thread where none can be started, or one dies', async () => {
    const dead = scripted((_message, answer) => answer(undefined));
    const dying = scripted((message, answer) => answer('backend' in message ? started : undefined));
    const starts = [
      () => undefined,
      () => {
        throw new Error('forbidden by policy');
      },
      dead.start,
      dying.start,
    ];
    for (const start of starts) {
      const pool = new ThreadPool('fast', 2, start);
      const { elements } = await pool.run('blind', given('+14155550100'));
      expect(elements).toHaveLength(32);
      pool.close();
    }
  });

  it('does not begin what was aborted while it waited', async () => {
    let done = 0;
    const { start } = scripted((message, answer) => {
      if ('backend' in message) return answer(started);
      done += 1;
      setTimeout(() => answer({ id: 0, result: done }), 5);
    });
    const pool = new ThreadPool('fast', 1, start);
    const abort = new AbortController();
    const first = pool.run('blind', given('+1'));
    const second = pool.run('blind', given('+1'), abort.signal);
    abort.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    await first;
    await expect(pool.run('blind', given('+1'), abort.signal)).rejects.toThrow('left');
    expect(done).toBe(1);
  });

  it('rejects what is under way when it is closed, and starts anew for what comes after', async () => {
    const { threads, start } = scripted((message, answer) => {
      if ('backend' in message) answer(started);
      else if (threads.length > 1) answer({ id: 0, result: 'done' });
    });
    const pool = new ThreadPool('fast', 1, start);
    const [first, second] = [pool.run('blind', given('+1')), pool.run('blind', given('+1'))];
    await new Promise((resolve) => setTimeout(resolve, 5));
    pool.close();
    for (const run of [first, second]) await expect(run).rejects.toMatchObject({ code: 'closed' });
    expect(await pool.run('blind', given('+1'))).toBe('done');
  });
});

describe('threads of Node', () => {
  it('give the same as the app’s own thread, and the backends the same as each other', async () => {
    const own = { number: '+14155550100', epoch: 3 };
    const others = ['+14155550101', '+14155550099'];
    const pool = new ThreadPool('fast', 1, startThread);
    // Any points of the groups serve as keys here: the generators.
    const keys = generators();
    const threaded = await pool.run('meet', { keys, ...own, others });
    pool.close();
    expect(await inThread('fast').run('meet', { keys, ...own, others })).toEqual(threaded);
    expect(await inThread('pure').run('meet', { keys, ...own, others })).toEqual(threaded);
  });
});

/** The generators of G1 and G2, compressed (draft-irtf-cfrg-pairing-friendly-curves 4.2.1). */
function generators(): Uint8Array {
  return Uint8Array.from(
    Buffer.from(
      '97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb' +
        '93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e' +
        '024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8',
      'hex',
    ),
  );
}
