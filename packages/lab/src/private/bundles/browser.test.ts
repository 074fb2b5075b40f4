import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromePath, launchBrowser } from '../../member-app/browser.ts';
import { type PrivateMember, type PrivateWorld, startPrivateWorld } from '../private-world.ts';
import { buildApp } from './build-app.ts';

let world: PrivateWorld;
let browser: Browser;
let folder: string;

describe.skipIf(chromePath === undefined)('a page in Chromium (skipped where there is none)', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-page-'));
    for (const { fileName, content } of await buildApp('page')) {
      await mkdir(dirname(join(folder, fileName)), { recursive: true });
      await writeFile(join(folder, fileName), content);
    }
    const html =
      '<!doctype html><title>Page</title><link rel="icon" href="data:,"><script type="module" src="/page.app.js"></script>';
    await writeFile(join(folder, 'index.html'), html);
    [world, browser] = await Promise.all([startPrivateWorld({ webAppDir: folder }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  it('finds people with Web Workers and WebAssembly under the service’s own content policy', async () => {
    const [ada, bob] = [await world.join('ada'), await world.join('bob')];
    await bob.finds([ada.number]);
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    const contacts = [bob.number, world.newNumber()];

    await page.goto(world.kith.origin);
    expect(await find(page, ada, contacts)).toMatchObject({
      people: [{ id: 'bob', contacts: [bob.number] }],
      waiting: 0,
    });
    expect(workers.length).toBeGreaterThan(0);
    expect(faults).toEqual([]);

    // Another visit: IndexedDB still has everything that was computed and paid for.
    const { slots, lookups } = await world.kith.as('ada').budget();
    await page.reload();
    workers.length = 0;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const again = await find(page, ada, contacts);
    expect(again).toMatchObject({ people: [{ id: 'bob', contacts: [bob.number] }] });
    expect(asked.filter((path) => /slots|oprf|keys|buckets/.test(path))).toEqual([]);
    expect(workers).toEqual([]);
    const after = await world.kith.as('ada').budget();
    expect([after.slots.left, after.lookups.left]).toEqual([slots.left, lookups.left]);
    await page.close();
  });

  it('takes turns with another tab of the same browser, so that nothing is paid for twice', async () => {
    const cem = await world.join('cem');
    const contacts = [world.newNumber(), world.newNumber()];
    const context = await browser.newContext();
    const pages = await Promise.all([context.newPage(), context.newPage()]);
    await Promise.all(pages.map((page) => page.goto(world.kith.origin)));
    await Promise.all(pages.map((page) => find(page, cem, contacts)));
    const { slots, lookups } = await world.kith.as('cem').budget();
    expect([20_000 - slots.left, 1_000 - lookups.left]).toEqual([2, 2]);
    await context.close();
  });
});

interface PageGlobals {
  find(options: { token: string; number: string }, contacts: readonly string[]): Promise<unknown>;
}

async function find(page: Page, member: PrivateMember, contacts: readonly string[]): Promise<unknown> {
  await page.waitForFunction(() => 'find' in globalThis);
  const options = { token: await world.kith.host.memberToken(member.id), number: member.number };
  return page.evaluate(([given, numbers]) => (globalThis as unknown as PageGlobals).find(given, numbers), [
    options,
    contacts,
  ] as const);
}
