/** How far the actions have come that this process is carrying out. Nothing of it is needed afterwards. */
const underWay = new Map<string, { done: number; of: number }>();

export function progressOf(actionId: string): { done: number; of: number } | undefined {
  return underWay.get(actionId);
}

export async function withProgress<Result>(
  actionId: string,
  of: number,
  work: (advance: (count: number) => void) => Promise<Result>,
): Promise<Result> {
  const progress = { done: 0, of };
  underWay.set(actionId, progress);
  try {
    return await work((count) => {
      progress.done += count;
    });
  } finally {
    underWay.delete(actionId);
  }
}
