import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromePath } from '../member-app/browser.ts';
import { liveThroughANight } from './a-night.ts';
import { barriers } from './barriers.ts';
import { useAnalystApp } from './use-analyst-app.ts';

/** The figures, and the stream of them. */
const everythingOfIt = /\/v1\/overview/;
const streamOfIt = /\/v1\/overview\/stream/;

/** Where each page is, and what must be there before it is looked at. */
const pages = {
  overview: ['/analyst', '.map__land'],
  rings: ['/analyst/rings', '.rings__row'],
  ledger: ['/analyst/ledger', '.ledger__proof button'],
  analysts: ['/analyst/people', '.analysts select'],
  nothing: ['/analyst/rings?q=nothing-like-this', '.nothing'],
} as const;

/** What is happening now, and every page of the study for everyone. KITH_CHROME names the browser. */
describe.skipIf(!chromePath)('the overview', () => {
  const test = useAnalystApp(async (app) => {
    await liveThroughANight(app);
  });

  it('follows what happens, says so when it no longer does, and comes back', async () => {
    const visitor = await test.signedIn('Ada', 'viewer');
    const { page } = visitor;
    await page.getByText('Live', { exact: true }).waitFor();
    const before = await figure(page, 'syncs in 24 hours');
    await test.app.kith.as('ring-b-0').putContacts({ numbers: ['+14155559001'] });
    await test.app.kith.work();
    await expect.poll(() => figure(page, 'syncs in 24 hours'), { timeout: 20_000 }).toBe(before + 1);
    await page.route(streamOfIt, (route) => route.abort());
    await page.reload();
    await page.getByText('Not live').waitFor();
    await page.unroute(streamOfIt);
    await page.getByText('Live', { exact: true }).waitFor();
    visitor.forgive(/ERR_|Failed to load/);
  });

  it('leads to the part of the queue that it counts, and says by table what the map says by shade', async () => {
    const { page } = await test.signedIn('Ada', 'viewer');
    await page.locator('.map__land').first().waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.getByRole('columnheader', { name: 'Country' }).waitFor();
    await page.getByRole('link', { name: /Open.*waiting for a decision/ }).click();
    await page.locator('#main').getByText('4 rings', { exact: true }).waitFor();
  });

  it('says that nobody looks for rings where the event store is not there', async () => {
    const { page } = await test.signedIn('Ada', 'viewer');
    await page.getByText('Nobody is looking for rings').waitFor();
  });

  it('offers to try again when it could not be loaded', async () => {
    const visitor = await test.signedIn('Ada', 'viewer', '/analyst/ledger');
    const { page } = visitor;
    await page.route(everythingOfIt, (route) => route.fulfill({ status: 500, json: { code: 'internal' } }));
    await page.getByRole('link', { name: 'Overview' }).click();
    const alert = page.getByRole('alert').first();
    await alert.getByText('Something went wrong').waitFor();
    await page.unroute(everythingOfIt);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('syncs in 24 hours').waitFor();
    visitor.forgive(/500|text\/event-stream/);
  });

  for (const [colorScheme, width, height, shown] of [
    ['light', 820, 1180, ['overview', 'rings', 'nothing']],
    ['dark', 1280, 800, ['overview', 'rings', 'ledger', 'analysts']],
  ] as const) {
    it(`has no known barrier at ${width} pixels, ${colorScheme}, and never scrolls sideways`, async () => {
      const look = { colorScheme, viewport: { width, height } };
      const { page: door } = await test.visit('/analyst', look);
      await door.getByLabel('Password').waitFor();
      expect(await barriers(door)).toEqual([]);
      const { page } = await test.signedIn('Root', 'admin', '/analyst', look);
      for (const name of shown) {
        const [path, landmark] = pages[name];
        await page.goto(path);
        await page.locator(landmark).first().waitFor();
        expect({ name, barriers: await barriers(page) }).toEqual({ name, barriers: [] });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect({ name, wide }).toEqual({ name, wide: width });
      }
    });
  }
});

/** The figure that stands above these words. */
async function figure(page: Page, words: string): Promise<number> {
  const text = await page.locator('.figures > div', { hasText: words }).locator('dd').textContent();
  return Number(text?.replaceAll(',', ''));
}
