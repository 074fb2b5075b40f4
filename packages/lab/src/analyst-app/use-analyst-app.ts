import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser, openVisitor, type Visitor } from '../member-app/browser.ts';
import { enterAs, type Role } from './people.ts';
import { type AnalystApp, startAnalystApp } from './start-analyst-app.ts';

export interface AnalystAppUnderTest {
  readonly app: AnalystApp;
  /** A fresh browser at an address of the study, where nobody has signed in. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** A fresh browser in which this analyst has signed in. */
  signedIn(name: string, role: Role, path?: string, options?: BrowserContextOptions): Promise<Visitor>;
}

/** One service and one browser for the tests of a file; after each test no page may have done what it should not. */
export function useAnalystApp(
  prepare: (app: AnalystApp) => Promise<void> = async () => {},
  options: () => Promise<Parameters<typeof startAnalystApp>[0]> = async () => ({}),
): AnalystAppUnderTest {
  let browser: Browser;
  let app: AnalystApp;
  let visitors: Visitor[] = [];
  beforeAll(async () => {
    [browser, app] = await Promise.all([launchBrowser(), startAnalystApp(await options())]);
    await prepare(app);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  afterEach(async () => {
    const faults = visitors.flatMap((visitor) => visitor.faults);
    await Promise.all(visitors.map((visitor) => visitor.close()));
    visitors = [];
    expect(faults).toEqual([]);
  });
  const open = async (options: BrowserContextOptions) => {
    const visitor = await openVisitor(browser, app.kith.origin, {
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    visitors.push(visitor);
    return visitor;
  };
  return {
    get app() {
      return app;
    },
    visit: async (path = '/analyst', options = {}) => {
      const visitor = await open(options);
      await visitor.page.goto(path);
      await visitor.page.getByRole('heading', { level: 1 }).waitFor();
      // The browser remarks on the question whether anybody is signed in, as on any refused call.
      visitor.forgive(/401/);
      return visitor;
    },
    signedIn: async (name, role, path = '/analyst', options = {}) => {
      const person = await app.person(name, role);
      const visitor = await open(options);
      await enterAs(visitor.context, app.kith.origin, person);
      await visitor.page.goto(path);
      return visitor;
    },
  };
}
