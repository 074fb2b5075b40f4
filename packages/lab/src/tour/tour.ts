import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../member-app/browser.ts';

/** What `kith dev` writes down for scripts, as far as the tour needs it. */
interface DemoFile {
  origin: string;
  analysts: { name: string; role: string }[];
}

/** The whole story, from a quiet town to a statement, takes minutes on a slow machine. */
const storyMs = 15 * 60_000;
const screen = { width: 1280, height: 900 };

interface Stage {
  browser: Browser;
  origin: string;
  shoot: (page: Page, name: string) => Promise<void>;
}

/**
 * Walks through the guided demo in a real browser, as two analysts, against a running `kith dev`, and takes a picture at
 * every station. Gives the paths of the files written.
 *
 * @param home where the demo keeps its `dev.json`
 */
export async function takeTour({ home, outDir }: { home: string; outDir: string }): Promise<string[]> {
  const { origin, analysts } = JSON.parse(await readFile(join(home, 'dev.json'), 'utf8')) as DemoFile;
  const [planner, approver] = ['analyst', 'approver'].map((wanted) => {
    const found = analysts.find(({ role }) => role === wanted);
    if (!found) throw new TypeError(`the demo has no ${wanted}`);
    return found.name;
  }) as [string, string];
  await mkdir(outDir, { recursive: true });
  const browser = await launchBrowser();
  const files: string[] = [];
  const shoot = async (page: Page, name: string) => {
    const path = join(outDir, `tour-${String(files.length + 1).padStart(2, '0')}-${name}.png`);
    await page.mouse.move(0, 0);
    await page.screenshot({ path, animations: 'disabled' });
    files.push(path);
  };
  const stage: Stage = { browser, origin, shoot };
  try {
    const page = await signIn(stage, planner);
    await attack(stage, page);
    const plan = await planSuspension(stage, page);
    await approve(stage, approver, plan);
    await suspend(stage, page);
    await tell(stage, page);
    return files;
  } finally {
    await browser.close();
  }
}

async function signIn({ browser, origin }: Stage, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, viewport: screen, locale: 'en-GB' });
  context.setDefaultTimeout(storyMs);
  const page = await context.newPage();
  await page.goto('/analyst');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return page;
}

async function attack({ shoot }: Stage, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Let the attack begin' }).waitFor();
  await shoot(page, 'quiet');
  await page.getByRole('button', { name: 'Let the attack begin' }).click();
  const bar = page.getByRole('progressbar', { name: 'How much of the attack is over' });
  await page.waitForFunction(
    () => (document.querySelector<HTMLProgressElement>('progress[value]')?.position ?? 0) > 0.5,
  );
  await bar.waitFor();
  await shoot(page, 'attack');
  await page.getByText('The attack is over').waitFor();
  await page.reload();
  await page.getByText('The attack is over').waitFor();
  await shoot(page, 'over');
}

/** @returns the address of the plan */
async function planSuspension({ shoot }: Stage, page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Open the rings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Rings' }).waitFor();
  const ring = page.locator('a[href*="/analyst/rings/"]').first();
  await ring.waitFor();
  await shoot(page, 'rings');
  await ring.click();
  await page.locator('canvas').first().waitFor();
  // The layout of the graph comes to rest.
  await page.waitForTimeout(6_000);
  await shoot(page, 'ring');
  await page.getByRole('heading', { name: 'Accounts', exact: true }).scrollIntoViewIfNeeded();
  await shoot(page, 'accounts');
  await page.getByRole('button', { name: 'Plan suspension' }).click();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await page.waitForURL('**/analyst/plans/*');
  await page.getByRole('button', { name: 'Ask for approval' }).click();
  await page.getByText('Approval has been asked for').waitFor();
  await shoot(page, 'plan');
  return page.url();
}

async function approve(stage: Stage, name: string, plan: string): Promise<void> {
  const page = await signIn(stage, name);
  await page.goto(plan);
  const approves = page.getByRole('button', { name: 'Approve', exact: true });
  await approves.waitFor();
  await stage.shoot(page, 'second-person');
  await approves.click();
  await page.getByRole('button', { name: /^Suspend / }).waitFor();
  await page.context().close();
}

async function suspend({ shoot }: Stage, page: Page): Promise<void> {
  await page.reload();
  await page
    .getByRole('button', { name: /^Suspend / })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Suspend / })
    .click();
  await page.getByText('suspended as one action').waitFor();
  await shoot(page, 'suspended');
}

async function tell({ shoot, origin }: Stage, page: Page): Promise<void> {
  await page.goto('/analyst/cases/demo');
  await page.getByRole('button', { name: /^Compute/ }).click();
  await page.getByRole('heading', { name: 'Who was exposed' }).waitFor();
  await shoot(page, 'case');
  for (const output of ['report', 'statement']) {
    await page.goto(`${origin}/v1/cases/demo/outputs/${output}.html?inline=true`);
    await shoot(page, output);
  }
}
