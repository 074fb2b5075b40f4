import type { Progress } from '@kith/server/terminal';

/** Told how far a run is; `@kith/server/terminal` makes one for people. */
export type ShowProgress = (label: string, total: number, unit: string) => Progress;

export const noProgress: ShowProgress = () => ({
  advance: () => undefined,
  set: () => undefined,
  finish: () => undefined,
});

/** Runs `work` on every item, so many at once, and waits for all. */
export async function forEachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items.values();
  const lane = async () => {
    for (const item of iterator) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
}
