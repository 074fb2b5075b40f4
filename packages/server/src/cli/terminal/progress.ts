import { type ProgressState, progressLine } from './progress-line.ts';

export interface ProgressOptions {
  /** What is being done, in a word or two. */
  label: string;
  /** How much there is to do; without it, no bar and no time left. */
  total?: number | undefined;
  /** What is counted: 'lines', 'members'. */
  unit?: string;
  /** With --json nothing is shown. */
  json?: boolean | undefined;
  stream?: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** Milliseconds on a clock that never goes back. */
  now?: () => number;
}

export interface Progress {
  /** Counts `by` more done; default 1. */
  advance(by?: number): void;
  /** Sets how much is done in all. */
  set(done: number): void;
  /** Ends it with one last line that stays. */
  finish(): void;
}

const redrawMs = 100;
const lineMs = 10_000;
const clearLine = '\r\u001b[K';

/**
 * Shows on stderr how long work gets on: a line redrawn in place on a terminal, else a line every ten seconds, so that
 * logs of scheduled jobs stay short. Cheap enough to be called for every row.
 */
export function progress(options: ProgressOptions): Progress {
  const { label, total, unit, stream = process.stderr, now = () => performance.now() } = options;
  const startedAt = now();
  const state: ProgressState = { label, total, unit, done: 0, elapsedMs: 0, ratePerSec: 0 };
  const intervalMs = stream.isTTY ? redrawMs : lineMs;
  let shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : startedAt;
  let measured = { at: startedAt, done: 0 };

  const measure = (at: number) => {
    state.elapsedMs = at - startedAt;
    // The rate follows the last seconds, so that the time left answers to a change of pace.
    if (at - measured.at < 1_000) return;
    const recent = ((state.done - measured.done) * 1_000) / (at - measured.at);
    state.ratePerSec = state.ratePerSec === 0 ? recent : 0.7 * state.ratePerSec + 0.3 * recent;
    measured = { at, done: state.done };
  };
  const show = (at: number) => {
    shownAt = at;
    measure(at);
    const line = progressLine(state, stream.columns ?? 80);
    stream.write(stream.isTTY ? clearLine + line : `${line}\n`);
  };
  const set = (done: number) => {
    state.done = done;
    const at = now();
    if (!options.json && at - shownAt >= intervalMs) show(at);
  };
  return {
    advance: (by = 1) => set(state.done + by),
    set,
    finish: () => {
      if (options.json) return;
      state.elapsedMs = now() - startedAt;
      const line = progressLine({ ...state, finished: true }, stream.columns ?? 80);
      stream.write(`${stream.isTTY ? clearLine : ''}${line}\n`);
    },
  };
}
