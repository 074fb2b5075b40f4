import type { Page } from 'playwright-core';
import type { BenchOptions, BenchResult } from './cli.ts';
import { paceDuring, startStudyRig } from './study-rig.ts';

const accountsDefault = 100_000;
const longestMsMax = 1_000;

/**
 * `analyst-table-100000`: the longest time without a frame, in milliseconds, while the table of a ring of 100,000 accounts is
 * scrolled from its first row to its last; the ratio is to 1,000. Rows come from the real hall, a page after the other.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const accounts = options.members ?? accountsDefault;
  const { page, stop } = await startStudyRig(accounts);
  try {
    await page.goto('/analyst/rings/large');
    await page.locator('[data-settled=true]').waitFor();
    const grid = page.getByRole('grid', { name: 'Accounts of the ring' });
    await grid.getByText('large-000000').waitFor();
    const started = performance.now();
    const pace = await paceDuring(page, () => scroll(page));
    return {
      name: 'analyst-table-100000',
      value: pace.longestMs,
      unit: 'ms',
      peer: 'a dropped second',
      peerValue: longestMsMax,
      ratio: pace.longestMs / longestMsMax,
      detail: {
        accounts,
        framesPerSecond: Math.round(pace.framesPerSecond),
        secsToTheEnd: Math.round((performance.now() - started) / 1_000),
      },
    };
  } finally {
    await stop();
  }
}

/** In a hundred strides to the end, and there until the last row has come. */
async function scroll(page: Page): Promise<void> {
  const box = page.locator('.accounts');
  for (let stride = 1; stride <= 100; stride += 1) {
    await box.evaluate((element, share) => element.scrollTo(0, element.scrollHeight * share), stride / 100);
    await page.waitForTimeout(40);
  }
  await page.locator('.accounts tbody tr[aria-rowindex]').last().getByRole('checkbox').waitFor();
}
