import { createContext, runInContext } from 'node:vm';
import type { FoundPeople, Kith } from '@kith/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateWorld, startPrivateWorld } from '../private-world.ts';
import { buildApp } from './build-app.ts';

let world: PrivateWorld;
let script: string;
beforeAll(async () => {
  world = await startPrivateWorld();
  const [file, ...others] = await buildApp('phone', { conditions: ['react-native'], oneFile: true });
  expect(others).toEqual([]);
  script = String(file!.content);
});
afterAll(() => world?.stop());

/** What Hermes and React Native have, as far as this is concerned; everything else of a browser or of Node is missing. */
const phoneGlobals = {
  fetch,
  setTimeout,
  clearTimeout,
  AbortController,
  atob,
  console,
  crypto: {
    getRandomValues: <T extends ArrayBufferView>(array: T) => crypto.getRandomValues(array as never) as T,
  },
};

/** Text coders whose arrays are of the context's own kind, as they are on a phone. */
const coders = `
  globalThis.TextEncoder = class { encode(text) { return Uint8Array.from(encodeText(text)); } };
  globalThis.TextDecoder = class { decode(bytes) { return decodeText(bytes); } };
  delete globalThis.WebAssembly;
  delete globalThis.SharedArrayBuffer;
`;

function startPhone(): Record<string, unknown> {
  const phone = createContext({
    ...phoneGlobals,
    encodeText: (text: string) => new TextEncoder().encode(text),
    decodeText: (bytes: Uint8Array) =>
      new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes)),
  });
  runInContext(coders, phone);
  runInContext(script, phone);
  return phone as Record<string, unknown>;
}

describe('a phone without DOM, threads, WebAssembly, IndexedDB or Node', () => {
  it('finds people, in JavaScript alone, and lets the app breathe meanwhile', async () => {
    const phone = startPhone();
    for (const missing of [
      'Worker',
      'WebAssembly',
      'indexedDB',
      'navigator',
      'document',
      'process',
      'require',
    ])
      expect(runInContext(`typeof ${missing}`, phone), missing).toBe('undefined');
    const [ada, bob] = [await world.join('ada'), await world.join('bob')];
    await bob.finds([ada.number]);
    const PhoneKith = phone.Kith as typeof Kith;
    const kith = new PhoneKith({
      origin: world.kith.origin,
      token: () => world.kith.host.memberToken('ada'),
      number: ada.number,
    });
    let breaths = 0;
    const breathing = setInterval(() => (breaths += 1), 1);
    const { people } = (await kith.findPeople([bob.number, world.newNumber()])) as FoundPeople<string>;
    clearInterval(breathing);
    expect(people).toMatchObject([{ id: 'bob', how: 'mutual', contacts: [bob.number] }]);
    expect(breaths).toBeGreaterThan(3);
  });
});
