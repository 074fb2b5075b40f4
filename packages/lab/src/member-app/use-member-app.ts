import type { Discoverable } from '@kith/protocol';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser, openVisitor, type Visitor } from './browser.ts';
import { type MemberApp, type MemberAppOptions, startMemberApp } from './start-member-app.ts';

interface Person {
  id: string;
  phone: string;
  discoverable?: Discoverable;
}

export interface MemberAppUnderTest {
  readonly app: MemberApp;
  /** A fresh browser at an address of the app; `origin` is a proxy's, where one stands in between. */
  visit(path?: string, options?: BrowserContextOptions, origin?: string): Promise<Visitor>;
  /** A fresh member, signed in as its host's app would do it. Its card says `<Id> Example`. */
  signedIn(person: Person, options?: BrowserContextOptions): Promise<Visitor>;
  /** A fresh member who uses no browser. */
  join(person: Person): Promise<string>;
  /** A phone number that nobody has had yet. */
  newPhone(): string;
}

/** One service and one browser for the tests of a file; after each test no page may have done what it should not. */
export function useMemberApp(options: MemberAppOptions): MemberAppUnderTest {
  let browser: Browser;
  let app: MemberApp;
  let visitors: Visitor[] = [];
  let phones = 0;
  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), startMemberApp(options)]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.kith.stop();
  });
  afterEach(async () => {
    const faults = visitors.flatMap((visitor) => visitor.faults);
    await Promise.all(visitors.map((visitor) => visitor.close()));
    visitors = [];
    expect(faults).toEqual([]);
  });
  const join = ({ id, phone, discoverable = 'mutual' }: Person) => {
    const card = { name: `${id[0]!.toUpperCase()}${id.slice(1)} Example`, handle: id };
    return app.signInAddress(id, { phone, discoverable, card });
  };
  const visit = async (
    path = '/',
    context: BrowserContextOptions = {},
    origin = app.kith.origin,
  ): Promise<Visitor> => {
    const visitor = await openVisitor(browser, origin, context);
    visitors.push(visitor);
    await visitor.page.goto(path);
    return visitor;
  };
  return {
    get app() {
      return app;
    },
    visit,
    join,
    signedIn: async (person, context) => visit(await join(person), context),
    newPhone: () => `+1415555${String(100 + phones++).padStart(4, '0')}`,
  };
}

/** Goes to a page by the app's own navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name: headings[name] ?? name }).waitFor();
}

/** Headings that are not what the navigation calls the page. */
const headings: Record<string, string | RegExp> = {
  Home: /^Hello/,
  'What I may look up': 'What I may still look up',
};

/** A vCard file, with a note in each card that must stay at home. */
export function vcardFile(...contacts: [name: string, phone: string][]) {
  const cards = contacts.map(
    ([name, phone]) =>
      `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nNOTE:planted\r\nTEL:${phone}\r\nEND:VCARD\r\n`,
  );
  return fileOf('contacts.vcf', cards.join(''));
}

export function fileOf(name: string, text: string) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) };
}

type PickedFile = ReturnType<typeof fileOf>;

/** Picks a file and waits for its preview. */
export async function preview(page: Page, file: PickedFile): Promise<void> {
  await goTo(page, 'Import contacts');
  await page.getByLabel('Address book file').setInputFiles(file);
  await page.getByRole('heading', { name: 'What was understood' }).waitFor();
}

/** Chooses the way in which the address book goes. */
export async function choose(page: Page, way: 'Privately' | 'Plainly'): Promise<void> {
  await page.getByRole('radio', { name: way }).check();
}

/** Picks a file and looks for whom it holds, without a number leaving the browser. */
export async function lookPrivately(page: Page, file: PickedFile): Promise<void> {
  await preview(page, file);
  await page.getByRole('button', { name: /^Look for \d/ }).click();
  await page.getByRole('heading', { name: /^Looked for/ }).waitFor();
}

/** Picks a file and sends what was understood in it, the plain way. */
export async function importFile(page: Page, file: PickedFile): Promise<void> {
  await preview(page, file);
  await choose(page, 'Plainly');
  await page.getByRole('button', { name: /^Send \d/ }).click();
  await page.getByRole('heading', { name: /numbers? sent/ }).waitFor();
}

/** What screen readers were told last. */
export function announcement(page: Page) {
  return page.getByTestId('announcer');
}
