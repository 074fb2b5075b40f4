/** Time that moves only when it is told to, so that months of an attack pass in seconds. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves on, or back when negative: clocks do jump. */
  advance(ms: number): void;
}

/** 1 January 2026, 00:00 UTC. */
export const epochStartMs: number = Date.UTC(2026, 0, 1);

export const minuteMs = 60_000;
export const hourMs: number = 60 * minuteMs;
export const dayMs: number = 24 * hourMs;

export function createClock(startMs: number = epochStartMs): VirtualClock {
  let now = startMs;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}
