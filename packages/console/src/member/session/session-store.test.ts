import { describe, expect, it } from 'vitest';
import { createSessionStore, type Shelf, signInOfFragment } from './session-store.ts';

function shelf(): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

describe('a session', () => {
  it('survives a reload of its tab', () => {
    const tab = shelf();
    createSessionStore(tab).signIn({ token: 't0k', demoId: 'ada' });
    expect(createSessionStore(tab).get()).toEqual({ signedIn: true, token: 't0k', demoId: 'ada' });
  });

  it('leaves nothing behind when it ends, and says why', () => {
    const tab = shelf();
    const store = createSessionStore(tab);
    store.signIn({ token: 't0k' });
    store.signOut('ended');
    expect(store.get()).toEqual({ signedIn: false, because: 'ended' });
    expect(tab.kept.size).toBe(0);
  });

  it('learns the member’s own number, and forgets it again', () => {
    const tab = shelf();
    const store = createSessionStore(tab);
    store.setNumber('+14155550123');
    expect(store.get()).toEqual({ signedIn: false });
    store.signIn({ token: 't0k', demoId: 'ada' });
    store.setNumber('+14155550123');
    expect(createSessionStore(tab).get()).toMatchObject({ token: 't0k', number: '+14155550123' });
    store.setNumber(undefined);
    expect(createSessionStore(tab).get()).toEqual({ signedIn: true, token: 't0k', demoId: 'ada' });
  });

  it('keeps the first reason when several calls are refused at once', () => {
    const store = createSessionStore(shelf());
    store.signIn({ token: 't0k' });
    store.signOut('ended');
    store.signOut('refused');
    expect(store.get()).toEqual({ signedIn: false, because: 'ended' });
  });

  it('tells its listeners, until they leave', () => {
    const store = createSessionStore(shelf());
    let told = 0;
    const leave = store.subscribe(() => told++);
    store.signIn({ token: 't0k' });
    leave();
    store.signOut('chosen');
    expect(told).toBe(1);
  });

  it('starts signed out when the shelf holds rubbish, or may not be touched', () => {
    const rubbish = shelf();
    rubbish.setItem('kith-session', '{"token":7}');
    expect(createSessionStore(rubbish).get()).toEqual({ signedIn: false });
    const forbidden: Shelf = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('forbidden');
      },
      removeItem: () => {
        throw new Error('forbidden');
      },
    };
    const store = createSessionStore(forbidden);
    store.signIn({ token: 't0k' });
    expect(store.get()).toMatchObject({ signedIn: true });
  });
});

describe('signInOfFragment', () => {
  it.each([
    ['#token=a.b-c_d', { token: 'a.b-c_d' }],
    ['#theme=dark&token=t', { token: 't' }],
    ['#token=t&number=%2B14155550123', { token: 't', number: '+14155550123' }],
    ['#token=t&number=+14155550123', { token: 't', number: '+14155550123' }],
    ['#token=t&number=14155550123', { token: 't', number: '+14155550123' }],
    ['#token=t&number=ada', { token: 't' }],
    ['#number=%2B14155550123', undefined],
    ['#token=', undefined],
    ['#main', undefined],
    ['', undefined],
  ])('of %s is %s', (hash, signIn) => expect(signInOfFragment(hash)).toEqual(signIn));
});
