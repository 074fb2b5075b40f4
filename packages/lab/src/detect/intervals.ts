/** Two-sided 95 % quantiles of Student's t, by degrees of freedom. */
const t95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/**
 * The 95 % interval of a mean over seeds, by Student's t.
 *
 * @returns null where one seed says nothing about the others.
 */
export function interval(
  values: readonly number[],
  bounds: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): [number, number] | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  const half = (t95[values.length - 2] ?? 1.96) * Math.sqrt(variance / values.length);
  return [Math.max(centre - half, bounds[0]), Math.min(centre + half, bounds[1])];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
