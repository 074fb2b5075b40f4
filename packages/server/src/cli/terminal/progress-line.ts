export interface ProgressState {
  label: string;
  total: number | undefined;
  unit: string | undefined;
  done: number;
  elapsedMs: number;
  /** Of late; 0 while unknown. */
  ratePerSec: number;
  finished?: boolean;
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** One line of at most `columns` - 1 characters: label, bar, share, count, rate, time left. */
export function progressLine(state: ProgressState, columns: number): string {
  const parts = state.finished ? summary(state) : [share(state), count(state), rate(state), timeLeft(state)];
  const words = [state.label, ...parts].filter((part) => part !== '').join('  ');
  const room = columns - 1 - words.length - 4;
  const withBar = state.total !== undefined && !state.finished && room >= 10;
  const line = withBar
    ? words.replace(state.label, `${state.label}  ${bar(state, Math.min(room, 30))}`)
    : words;
  return line.slice(0, columns - 1);
}

function summary(state: ProgressState): string[] {
  const ratePerSec = state.elapsedMs > 0 ? (state.done * 1_000) / state.elapsedMs : 0;
  return [
    count({ ...state, total: undefined }),
    `in ${duration(state.elapsedMs)}`,
    rate({ ...state, ratePerSec }),
  ];
}

function fraction(state: ProgressState): number {
  return state.total ? Math.min(state.done / state.total, 1) : 0;
}

function bar(state: ProgressState, size: number): string {
  const full = Math.round(fraction(state) * size);
  return `[${'#'.repeat(full)}${'.'.repeat(size - full)}]`;
}

function share(state: ProgressState): string {
  return state.total === undefined ? '' : `${Math.floor(fraction(state) * 100)} %`;
}

function count(state: ProgressState): string {
  const of = state.total === undefined ? '' : ` of ${grouped.format(state.total)}`;
  return `${grouped.format(state.done)}${of}${state.unit ? ` ${state.unit}` : ''}`;
}

function rate(state: ProgressState): string {
  return state.ratePerSec === 0 ? '' : `${grouped.format(state.ratePerSec)}/s`;
}

function timeLeft(state: ProgressState): string {
  if (state.total === undefined || state.ratePerSec <= 0) return '';
  return `${duration(((state.total - state.done) * 1_000) / state.ratePerSec)} left`;
}

/** '8.1 s', '2 min 05 s', '3 h 07 min'. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
