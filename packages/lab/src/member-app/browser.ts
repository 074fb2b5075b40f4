import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** The Chrome or Chromium that the test command found, else Debian's; undefined where there is none. */
export const chromePath: string | undefined = [
  process.env.KITH_CHROME,
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
].find((path) => path !== undefined && existsSync(path));

/** Nothing of its own account on the network: what is counted is what the app does. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Spares a tenth of the work where there is no graphics card; WebGL is drawn by software either way. */
const noGraphicsCard = '--disable-gpu';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(chromePath && { executablePath: chromePath }),
    chromiumSandbox: false,
    args: [...quiet, noGraphicsCard],
  });
}

/** One person's browser, and all that it let out. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Every request, as URL, headers and body in one text. */
  sent: string[];
  /** Everything that should not have happened: errors in the console, exceptions, requests to elsewhere. */
  faults: string[];
  /** Strikes expected ones from the faults, such as the console's remark on a refused call. */
  forgive(expected: RegExp): void;
  close(): Promise<void>;
}

/** Opens a fresh browser profile, watched from its first request on. */
export async function openVisitor(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    baseURL: origin,
    ...options,
  });
  // Short enough to tell what is missing before the test itself times out.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const sent: string[] = [];
  const faults: string[] = [];
  const forgive = (expected: RegExp) => {
    faults.splice(0, faults.length, ...faults.filter((fault) => !expected.test(fault)));
  };
  context.on('request', (request) => {
    const { origin: asked } = new URL(request.url());
    if (asked !== origin && !request.url().startsWith('blob:')) faults.push(`request to ${request.url()}`);
    sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  return { page, context, sent, faults, forgive, close: () => context.close() };
}
