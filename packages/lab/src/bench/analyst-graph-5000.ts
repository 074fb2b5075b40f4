import type { Page } from 'playwright-core';
import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { paceDuring, startStudyRig } from './study-rig.ts';

export const names = ['analyst-graph-5000', 'analyst-graph-5000-pace'];

const accountsDefault = 5_000;
const roundsDefault = 3;
const interactiveMsMax = 2_000;
const framesPerSecondMin = 30;

/**
 * `analyst-graph-5000`: milliseconds from the click on a ring in the queue to its drawing being there and taking input;
 * the ratio is to 2,000. `analyst-graph-5000-pace`: frames a second while the drawing is dragged about; the ratio is to 30.
 *
 * 5,000 accounts, 167 links and 7,500 ties, from the real hall, in Chromium, which on a machine without a graphics card
 * draws WebGL by software. Each round is a fresh load of the queue; the hall is warm.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult[]> {
  const accounts = options.members ?? accountsDefault;
  const { page, stop } = await startStudyRig(accounts);
  try {
    const waits: number[] = [];
    const settled: number[] = [];
    const paces: number[] = [];
    let longestMs = 0;
    for (let round = 0; round < (options.rounds ?? roundsDefault); round += 1) {
      const wait = await openRing(page);
      waits.push(wait.readyMs);
      settled.push(wait.settledMs);
      const pace = await paceDuring(page, () => drag(page));
      paces.push(pace.framesPerSecond);
      longestMs = Math.max(longestMs, pace.longestMs);
    }
    return [
      {
        name: names[0]!,
        value: median(waits),
        unit: 'ms',
        peer: 'the limit',
        peerValue: interactiveMsMax,
        ratio: median(waits) / interactiveMsMax,
        detail: { accounts, msSettled: Math.round(median(settled)) },
      },
      {
        name: names[1]!,
        value: median(paces),
        unit: 'frames/s',
        peer: 'the least',
        peerValue: framesPerSecondMin,
        ratio: median(paces) / framesPerSecondMin,
        detail: { accounts, longestFrameMs: Math.round(longestMs) },
      },
    ];
  } finally {
    await stop();
  }
}

/** Presses the ring in the queue; gives when its drawing was there, and when nothing in it moved any more. */
async function openRing(page: Page): Promise<{ readyMs: number; settledMs: number }> {
  await page.goto('/analyst/rings');
  const link = page.locator('a[href^="/analyst/rings/large"]').first();
  await link.waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => {
    const times: Record<string, number> = {};
    addEventListener('click', () => (times.click ??= performance.now()), { capture: true, once: true });
    const look = () => {
      const stage = document.querySelector<HTMLElement>('.graph__stage');
      if (stage?.dataset.phase === 'ready') times.ready ??= performance.now();
      if (stage?.dataset.settled === 'true') times.settled ??= performance.now();
      if (times.settled === undefined) requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { kithTimes: times });
  });
  await link.click();
  await page.locator('[data-settled=true]').waitFor();
  const { click, ready, settled } = await page.evaluate(
    () => (window as never as { kithTimes: Record<'click' | 'ready' | 'settled', number> }).kithTimes,
  );
  return { readyMs: ready - click, settledMs: settled - click };
}

/** Drags the drawing about for some seconds. */
async function drag(page: Page): Promise<void> {
  const stage = page.locator('.graph__canvas');
  await stage.scrollIntoViewIfNeeded();
  const box = (await stage.boundingBox())!;
  const [x, y] = [box.x + 8, box.y + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 60; step += 1) {
    const angle = step / 6;
    await page.mouse.move(x + 60 + 50 * Math.cos(angle), y + 60 + 50 * Math.sin(angle));
  }
  await page.mouse.up();
}
