import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../harness/clock.ts';
import { chromePath, type Visitor } from '../member-app/browser.ts';
import { barriers } from './barriers.ts';
import { putDrawnRing } from './drawn-ring.ts';
import { useAnalystApp } from './use-analyst-app.ts';

const names = ['<script>alert(1)</script>', 'فاطمه محمدی', 'W'.repeat(200)];
const path = '/analyst/rings/drawn';

/** One ring as it is studied, in a real browser. KITH_CHROME names it; without one these are skipped. */
describe.skipIf(!chromePath)('a ring in the study', () => {
  const test = useAnalystApp(async (app) => {
    await putDrawnRing(app, { id: 'drawn', accounts: 300, names });
    await putDrawnRing(app, { id: 'hub', accounts: 1_200, perLink: 600 });
  });

  const drawn = async (page: Page) => {
    await page.locator('[data-phase=ready][data-settled=true]').waitFor();
    return (await page.locator('.graph__stage').boundingBox())!;
  };
  // Software WebGL remarks on reading pixels.
  const forgive = (visitor: Visitor) => visitor.forgive(/GPU stall/);

  it('is drawn, chosen from with a lasso, and taken along as picture and graph', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', path);
    const { page } = visitor;
    const box = await drawn(page);
    await page.getByRole('radio', { name: 'Lasso' }).check();
    await page.locator('.lasso').hover({ position: { x: 2, y: 2 } });
    await page.mouse.down();
    for (const [x, y] of [
      [box.width - 4, 4],
      [box.width - 4, box.height - 4],
      [4, box.height - 4],
    ] as const)
      await page.mouse.move(box.x + x, box.y + y, { steps: 3 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Only the 300 chosen' }).waitFor();
    const [graph] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'GraphML' }).click(),
    ]);
    const text = await readFile(await graph.path(), 'utf8');
    expect(text.match(/<node /g)).toHaveLength(308);
    expect(text.match(/<edge /g)).toHaveLength(450);
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'PNG' }).click(),
    ]);
    const png = await readFile(await picture.path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(box.width);
    expect(png.length).toBeGreaterThan(20_000);
    forgive(visitor);
  });

  it('unfolds a hub, pins what is dragged, and is narrowed to a stretch of days', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', '/analyst/rings/hub');
    const { page } = visitor;
    await drawn(page);
    const find = page.getByLabel('Find an account or a link in the drawing');
    await find.fill('5.112.0.0/24');
    await find.press('Enter');
    const about = page.getByRole('region', { name: 'About this node' });
    await about.getByRole('button', { name: /^Unfold 600 accounts/ }).click();
    await about.getByRole('button', { name: /^Fold in 600 accounts/ }).click();
    await find.fill('5.112.0.0/24');
    await find.press('Enter');
    // What was found stands in the middle, once the drawing has moved there.
    await page.locator('.graph__canvas').scrollIntoViewIfNeeded();
    await page.waitForTimeout(800);
    const { x, y, width, height } = (await page.locator('.graph__canvas').boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 60, y + height / 2 + 20, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Let go of 1 pinned' }).click();
    expect(await page.getByRole('button', { name: /pinned/ }).count()).toBe(0);

    for (let day = 0; day < 3; day += 1)
      await page.getByRole('slider', { name: /^Start: Day by day/ }).press('ArrowRight');
    await page.getByRole('button', { name: /^Synced from/ }).waitFor();
    await page.getByText('No account fits').waitFor();
    await page.getByRole('button', { name: 'Show all', exact: true }).click();
    expect(await page.getByRole('button', { name: /^Synced/ }).count()).toBe(0);
    forgive(visitor);
  });

  it('is narrowed to a stretch of days drawn with the pointer, in either direction', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', path);
    const { page } = visitor;
    await drawn(page);
    const brush = page.locator('.brush');
    await brush.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await brush.boundingBox())!;
    const start = page.getByRole('slider', { name: /^Start: Day by day/ });
    const end = page.getByRole('slider', { name: /^End: Day by day/ });
    const placeOf = async (edge: typeof start) => Number(await edge.getAttribute('aria-valuenow'));
    const [first, last] = [await placeOf(start), await placeOf(end)];
    const days = (last - first) / dayMs;
    const draw = async (from: number, to: number) => {
      await page.mouse.move(x + (width * from) / days, y + height / 2);
      await page.mouse.down();
      // Past the top of the field, where a pointer that is not held on to would be lost.
      await page.mouse.move(x + (width * to) / days, y - 20, { steps: 4 });
      await page.mouse.up();
      return [(await placeOf(start)) - first, (await placeOf(end)) - first].map((ms) => ms / dayMs);
    };
    expect(await draw(2, 5)).toEqual([2, 5]);
    await page.getByRole('button', { name: /^Synced from/ }).waitFor();
    expect(await draw(7, 3)).toEqual([3, 7]);
    await page.mouse.move(x + width / 2, y + height / 2);
    expect([(await placeOf(start)) - first, (await placeOf(end)) - first]).toEqual([3 * dayMs, 7 * dayMs]);
    await brush.dblclick();
    expect([await placeOf(start), await placeOf(end)]).toEqual([first, last]);
    forgive(visitor);
  });

  it('is throttled, dismissed with a reason, and opened again', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', '/analyst/rings/hub');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Throttle', exact: true }).click();
    await page.getByRole('button', { name: 'Throttle 1,200 accounts' }).click();
    await page.getByRole('button', { name: 'Throttle', exact: true }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Dismiss 1 ring?' });
    expect(await dialog.getByRole('button', { name: 'Dismiss' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why').fill('a campus');
    await dialog.getByLabel('Why').press('Enter');
    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByRole('button', { name: 'Plan suspension' }).waitFor();
    forgive(visitor);
  });

  it('says the same as a list, by keyboard, and names cannot act', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', path);
    const { page } = visitor;
    await drawn(page);
    await page.getByRole('radio', { name: 'List' }).press('Space');
    await page
      .getByRole('checkbox', { name: /Choose the accounts of Address block 5.112.0.0/ })
      .press('Space');
    await page.getByRole('button', { name: /^Only the \d+ chosen/ }).press('Enter');
    const grid = page.getByRole('grid', { name: 'Accounts of the ring' });
    await grid.locator('tr[aria-selected=true]').first().waitFor();
    expect(await grid.locator('tr[aria-selected=false]').count()).toBe(0);
    await page.getByRole('button', { name: 'Choose none' }).click();
    await grid.getByText('<script>alert(1)</script>').waitFor();
    expect(
      await grid.locator('bdi', { hasText: 'فاطمه' }).evaluate((el) => getComputedStyle(el).unicodeBidi),
    ).toBe('isolate');
    forgive(visitor);
  });

  it('has a table that keys move through, of which only what is seen is drawn', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', path);
    const { page } = visitor;
    const grid = page.getByRole('grid', { name: 'Accounts of the ring' });
    await grid.getByText('drawn-000000').waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('301');
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await grid.focus();
    await page.keyboard.press('End');
    await grid.getByText('drawn-000299').waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Only the 1 chosen' }).waitFor();
    await grid.getByRole('button', { name: 'Account', exact: true }).click();
    await grid
      .getByRole('columnheader', { name: 'Account' })
      .and(page.locator('[aria-sort=descending]'))
      .waitFor();
    forgive(visitor);
  });

  it('has no known barrier, dark and light, on a desk and a tablet', async () => {
    const looks = [
      { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
      { colorScheme: 'light', viewport: { width: 768, height: 1024 } },
    ] as const;
    for (const look of looks) {
      const visitor = await test.signedIn('Vera', 'viewer', path, look);
      const { page } = visitor;
      await drawn(page);
      await page.getByText('Nobody has looked for others yet').waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.viewport.width);
      expect(await page.getByRole('button', { name: 'Plan suspension' }).count()).toBe(0);
      forgive(visitor);
    }
  });
});
