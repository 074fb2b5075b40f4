/** A stretch of time, ms since 1970; `to` is not part of it. */
export interface Span {
  from: number;
  to: number;
}

/** What happened in one step of time. */
export interface Moment {
  /** Start, ms since 1970. */
  at: number;
  value: number;
}

/** The stretch from the first moment to the end of the last. */
export function wholeSpan(moments: readonly Moment[], stepMs: number): Span {
  const from = moments[0]?.at ?? 0;
  const last = moments.at(-1)?.at ?? from;
  return { from, to: last + stepMs };
}

/** Where a time stands in a stretch: 0 at its start, 1 at its end. */
export function shareOf(at: number, { from, to }: Span): number {
  return to === from ? 0 : (at - from) / (to - from);
}

/** The edge of a step nearest to a place in the stretch. */
export function edgeAt(share: number, whole: Span, stepMs: number): number {
  const steps = Math.round((share * (whole.to - whole.from)) / stepMs);
  const last = Math.round((whole.to - whole.from) / stepMs);
  return whole.from + Math.min(last, Math.max(0, steps)) * stepMs;
}

/** A stretch with its edges in order and at least one step long, within the whole. */
export function spanBetween(one: number, other: number, whole: Span, stepMs: number): Span {
  const [first, second] = one <= other ? [one, other] : [other, one];
  const from = Math.min(Math.max(first, whole.from), whole.to - stepMs);
  return { from, to: Math.min(whole.to, Math.max(second, from + stepMs)) };
}

/** Sum over the moments that begin within a stretch. */
export function sumWithin(moments: readonly Moment[], { from, to }: Span): number {
  return moments.reduce((sum, { at, value }) => (at >= from && at < to ? sum + value : sum), 0);
}

/** Moments whose letters stand under the axis: evenly spaced, at most so many, the first always. */
export function tickPlaces(count: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / every) }, (_, tick) => tick * every);
}
