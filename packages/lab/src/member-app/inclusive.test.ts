import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { FileChooser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chromePath } from './browser.ts';
import { goTo, preview, useMemberApp, vcardFile } from './use-member-app.ts';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 800 };

/** For everyone: screen readers, keyboards, small windows, both themes. KITH_CHROME names the browser. */
describe.skipIf(!chromePath)('the member app for everyone', () => {
  const test = useMemberApp({ townSize: 100 });
  const me = { id: 'ada', phone: '+14155550190' };

  beforeAll(async () => {
    const { kith } = test.app;
    await test.join(me);
    const friends = test.app.town.people.slice(0, 3).map(({ member }) => member);
    await Promise.all(friends.map(({ id }) => kith.as(id).setDiscoverable('mutual')));
    for (const { id } of friends) await kith.as(id).putContacts({ numbers: [me.phone] });
    await kith.as(me.id).putContacts({ numbers: friends.map((friend) => friend.phone) });
  });

  /** Every page, and every state of a page that looks different, in an order in which each leads to the next. */
  const states: [name: string, reach: (page: Page) => Promise<unknown>][] = [
    ['home', (page) => page.getByRole('radio').first().waitFor()],
    ['confirmation', (page) => askAnyone(page)],
    ['import', (page) => page.keyboard.press('Escape').then(() => goTo(page, 'Import contacts'))],
    ['preview', (page) => preview(page, vcardFile(['Somebody', '+14155550191'], ['Nobody', '12']))],
    ['people', (page) => goTo(page, 'People found').then(() => page.locator('.person').first().waitFor())],
    ['exposure', (page) => goTo(page, 'Who found me').then(() => page.getByRole('img').waitFor())],
    [
      'budget',
      (page) => goTo(page, 'What I may look up').then(() => page.getByRole('meter').first().waitFor()),
    ],
  ];

  for (const [colorScheme, viewport] of [
    ['light', phone],
    ['dark', desktop],
  ] as const) {
    it(`has no known barrier at ${viewport.width} pixels, ${colorScheme}, and never scrolls sideways`, async () => {
      const { page: door } = await test.visit('/', { colorScheme, viewport });
      await door.getByRole('listitem').first().waitFor();
      expect(await barriers(door)).toEqual([]);
      const { page } = await test.signedIn(me, { colorScheme, viewport });
      for (const [name, reach] of states) {
        await reach(page);
        expect({ name, barriers: await barriers(page) }).toEqual({ name, barriers: [] });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect({ name, wide }).toEqual({ name, wide: viewport.width });
      }
    });
  }

  it('can be used by keyboard alone', async () => {
    const { page } = await test.signedIn({ id: 'ben', phone: test.newPhone() });
    await page.getByRole('radio').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(page, 'Import contacts');
    await page.keyboard.press('Enter');
    await page.getByText('Drop your address book here').waitFor();
    expect(await focused(page)).toBe('Import contacts');
    await tabTo(page, 'Choose a file');
    await (await chooserByKey(page)).setFiles(vcardFile(['Somebody', test.newPhone()]));
    await page.getByRole('heading', { name: 'What was understood' }).waitFor();
    expect(await focused(page)).toContain('What was understood');
    await tabTo(page, 'Look for 1 number privately');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Looked for 1 number' }).waitFor();
    expect(await focused(page)).toContain('Looked for 1 number');
  });

  it('changes the setting by arrow keys, and keeps the focus inside the question', async () => {
    const { page } = await test.signedIn({ id: 'cara', phone: test.newPhone() });
    await page.getByRole('radio', { name: /^People in my contacts/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('dialog').waitFor();
    // Past the last of its buttons the focus may leave the page for the browser, never for what is behind the question.
    for (let i = 0; i < 6; i++) {
      const where = await page.evaluate(
        () => document.activeElement?.closest('dialog, nav, fieldset, body')?.tagName,
      );
      expect(where).toBe(where === 'BODY' ? 'BODY' : 'DIALOG');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Escape');
    expect(await page.getByRole('radio', { name: /^People in my contacts/ }).isChecked()).toBe(true);
  });

  it('has a theme that can be chosen, and keeps it from the first paint of the next visit', async () => {
    const { page } = await test.signedIn({ id: 'dan', phone: test.newPhone() }, { colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Change to: light' }).click();
    await page.getByRole('button', { name: 'Change to: dark' }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload({ waitUntil: 'commit' });
    expect(await firstGround(page)).toBe(dark);
    await page.getByRole('button', { name: 'Change to: as the system' }).click();
    expect(await ground()).toBe(light);
  });
});

/** The colour of a page as soon as it has one. */
async function firstGround(page: Page): Promise<string> {
  const painted = await page.waitForFunction(() => {
    const colour = getComputedStyle(document.documentElement).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' ? '' : colour;
  });
  return painted.jsonValue();
}

/** The browser starts to hand choosers over only some time after it was asked to: a press that comes too early is lost. */
async function chooserByKey(page: Page): Promise<FileChooser> {
  for (;;) {
    const chooser = page.waitForEvent('filechooser', { timeout: 3_000 }).catch(() => undefined);
    await page.keyboard.press('Enter');
    const opened = await chooser;
    if (opened) return opened;
  }
}

const askAnyone = (page: Page) =>
  page
    .getByRole('radio', { name: 'Anyone who has my number' })
    .click()
    .then(() => page.getByRole('dialog').waitFor());

async function barriers(page: Page): Promise<string[]> {
  // Evaluated by the debugger: the page's content policy would refuse it as a script, as it should.
  await page.evaluate(axeSource);
  const found = (await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run: (...args: unknown[]) => Promise<unknown> } }).axe.run(
        document,
        { runOnly: { type: 'tag', values } },
      ),
    rules,
  )) as AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** What a screen reader would say has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}
