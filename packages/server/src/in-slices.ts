import { setImmediate } from 'node:timers/promises';

/** Items in one go: about 10 ms of the work that syncs do for each. */
const sliceSize = 1_000;

/** Maps many items without holding up everybody else's requests: between slices, others have their turn. */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  work: (slice: readonly Item[]) => readonly Result[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += sliceSize) {
    if (start > 0) await setImmediate();
    for (const result of work(items.slice(start, start + sliceSize))) results.push(result);
  }
  return results;
}
