import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openVisitor } from './browser.ts';
import { type LivedIn, startLivedIn } from './lived-in.ts';

/** Today, in the pictures: a Sunday, 22 November 2026, at noon. */
const todayMs = Date.UTC(2026, 10, 22, 12);

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

interface Shot {
  name: string;
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
  /** Where it is, and what must be there before the picture is taken. */
  reach: (page: Page) => Promise<unknown>;
}

const signedInShots: Shot[] = [
  {
    name: 'home',
    viewport: desktop,
    colorScheme: 'light',
    reach: (page) => page.getByRole('radio').first().waitFor(),
  },
  { name: 'import', viewport: desktop, colorScheme: 'light', reach: (page) => previewSample(page) },
  {
    name: 'people',
    viewport: desktop,
    colorScheme: 'dark',
    reach: (page) => open(page, '/people', '.person'),
  },
  {
    name: 'exposure',
    viewport: desktop,
    colorScheme: 'light',
    reach: (page) => open(page, '/exposure', '.chart'),
  },
  {
    name: 'home-phone',
    viewport: phone,
    colorScheme: 'dark',
    reach: (page) => page.getByRole('radio').first().waitFor(),
  },
  {
    name: 'budget-phone',
    viewport: phone,
    colorScheme: 'light',
    reach: (page) => open(page, '/budget', '.meter'),
  },
];

/**
 * Boots the real service with a town that has lived for months, and takes the pictures of the README.
 * Gives the paths of the files written.
 */
export async function takeScreenshots({ outDir }: { outDir: string }): Promise<string[]> {
  await mkdir(outDir, { recursive: true });
  const [browser, town] = await Promise.all([launchBrowser(), startLivedIn(todayMs)]);
  try {
    const files = [await takeSignIn(browser, town, outDir)];
    for (const shot of signedInShots) files.push(await take(browser, town, outDir, shot));
    return files;
  } finally {
    await browser.close();
    await town.kith.stop();
  }
}

async function takeSignIn(browser: Browser, town: LivedIn, outDir: string): Promise<string> {
  const { page, close } = await openVisitor(browser, town.kith.origin, {
    viewport: desktop,
    colorScheme: 'light',
  });
  await page.goto('/');
  await page.getByRole('button', { name: town.name }).waitFor();
  const path = await picture(page, outDir, 'sign-in');
  await close();
  return path;
}

async function take(browser: Browser, town: LivedIn, outDir: string, shot: Shot): Promise<string> {
  const { name, reach, ...look } = shot;
  const { page, close } = await openVisitor(browser, town.kith.origin, { ...look, locale: 'en-US' });
  await page.clock.setFixedTime(town.kith.clock.now());
  await page.goto('/');
  await page.getByRole('button', { name: town.name }).click();
  await page.getByRole('heading', { name: `Hello, ${town.name}` }).waitFor();
  await reach(page);
  const path = await picture(page, outDir, name);
  await close();
  return path;
}

async function previewSample(page: Page): Promise<void> {
  await open(page, '/import', '.drop');
  await page.getByRole('button', { name: 'Use the sample address book' }).click();
  await page.getByRole('row').first().waitFor();
}

async function open(page: Page, path: string, landmark: string): Promise<void> {
  await page.goto(path);
  await page.locator(landmark).first().waitFor();
}

async function picture(page: Page, outDir: string, name: string): Promise<string> {
  const path = join(outDir, `member-${name}.png`);
  // Figures that come one after another have come once nothing is being fetched.
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}
