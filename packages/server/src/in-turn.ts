import { Problem } from '@kith/protocol';

/**
 * Does one piece of work after the other. One that fails does not hold up those after it, and is thrown at the end, so
 * that it is known and tried again; without a database there is no point in going on.
 *
 * @returns how many pieces there were
 */
export async function inTurn<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<number> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (error instanceof Problem && error.code === 'database_unavailable') throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return items.length;
}
