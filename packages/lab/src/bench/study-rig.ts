import type { Page } from 'playwright-core';
import { putDrawnRing } from '../analyst-app/drawn-ring.ts';
import { enterAs } from '../analyst-app/people.ts';
import { startAnalystApp } from '../analyst-app/start-analyst-app.ts';
import { launchBrowser, openVisitor } from '../member-app/browser.ts';

/** A hall with one ring, and a browser in which an analyst is signed in. */
export interface StudyRig {
  page: Page;
  stop(): Promise<void>;
}

export async function startStudyRig(accounts: number): Promise<StudyRig> {
  const [browser, app] = await Promise.all([launchBrowser(), startAnalystApp()]);
  await putDrawnRing(app, { id: 'large', accounts, perLink: 30 });
  const person = await app.person('Ada', 'analyst');
  const { page, context } = await openVisitor(browser, app.kith.origin, {
    viewport: { width: 1280, height: 800 },
  });
  await enterAs(context, app.kith.origin, person);
  return {
    page,
    stop: async () => {
      await browser.close();
      await app.stop();
    },
  };
}

/** How a page kept up: frames a second, and the longest time without one. */
export interface Pace {
  framesPerSecond: number;
  longestMs: number;
}

/** Counts frames while something is done to the page. */
export async function paceDuring(page: Page, doing: () => Promise<void>): Promise<Pace> {
  await page.evaluate(() => {
    const at: number[] = [performance.now()];
    const state = { at, isOver: false };
    const tick = () => {
      at.push(performance.now());
      if (!state.isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { kithFrames: state });
  });
  await doing();
  return page.evaluate(() => {
    const { kithFrames: state } = window as never as { kithFrames: { at: number[]; isOver: boolean } };
    state.isOver = true;
    const gaps = state.at.slice(1).map((at, place) => at - state.at[place]!);
    const whole = state.at.at(-1)! - state.at[0]!;
    return { framesPerSecond: (1_000 * gaps.length) / whole, longestMs: Math.max(...gaps) };
  });
}
