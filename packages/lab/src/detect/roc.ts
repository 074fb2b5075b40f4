/** A receiver operating characteristic: share of accounts found at so many honest suspensions per 100,000. */
export type Roc = { honestPer100k: number; recall: number }[];

/** Where the curve is read, honest suspensions per 100,000. */
export const rocAt = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] as const;

/**
 * @param scores of the suspects; whoever is absent stands below them all.
 * @param honest how many honest members there are.
 */
export function rocOf(
  scores: ReadonlyMap<string, number>,
  accounts: ReadonlySet<string>,
  honest: number,
): Roc {
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  return rocAt.map((per100k) => {
    const allowed = Math.floor((per100k * honest) / 100_000 + 1e-9);
    let wrong = 0;
    let right = 0;
    for (const [member] of ranked) {
      if (accounts.has(member)) right++;
      else if (++wrong > allowed) break;
    }
    return { honestPer100k: per100k, recall: right / Math.max(accounts.size, 1) };
  });
}

/** The mean of several curves, read at the same places. */
export function meanRoc(curves: readonly Roc[]): Roc {
  return rocAt.map((honestPer100k, i) => ({
    honestPer100k,
    recall: curves.reduce((sum, curve) => sum + (curve[i]?.recall ?? 0), 0) / Math.max(curves.length, 1),
  }));
}
