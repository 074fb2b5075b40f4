/** How many shades the map has, apart from that of nothing. */
export const shadeCount = 5;

/**
 * Where each shade begins. Counts by country span orders of magnitude, so the steps are equal on a logarithmic scale,
 * rounded to one figure so that the legend can be read.
 */
export function shadeSteps(values: readonly number[]): number[] {
  const most = Math.max(0, ...values);
  if (most <= 0) return [];
  const least = Math.min(...values.filter((value) => value > 0));
  const ratio = (most / least) ** (1 / shadeCount);
  const starts = Array.from({ length: shadeCount }, (_, step) => oneFigure(least * ratio ** step));
  return [...new Set(starts)];
}

/** 0 for nothing, else 1 to `shadeCount`. */
export function shadeOf(value: number, steps: readonly number[]): number {
  if (value <= 0 || steps.length === 0) return 0;
  const place = Math.max(
    0,
    steps.findLastIndex((start) => value >= start),
  );
  // Fewer steps than shades: the darkest is always that of the most.
  return place + 1 + (shadeCount - steps.length);
}

function oneFigure(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.max(1, Math.floor(value / unit) * unit);
}
