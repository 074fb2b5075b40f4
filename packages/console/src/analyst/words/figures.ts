import { grouped } from '../../words/counts.ts';

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** "17M", "2.3K", "812": for where room is scarce and the exact figure stands elsewhere. */
export function compact(n: number): string {
  return short.format(n);
}

/** "37 %", "0.4 %", "under 0.1 %", "none" */
export function shareWords(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return 'none';
  const percent = (100 * part) / whole;
  if (percent < 0.1) return 'under 0.1 %';
  return `${percent < 10 ? percent.toFixed(1).replace(/\.0$/, '') : Math.round(percent)} %`;
}

/**
 * Log odds in nats as odds in words: 6.9 is "1,000 to 1". Beyond a million to one nobody can tell the difference, and
 * no model is that good.
 */
export function oddsWords(nats: number): string {
  const odds = Math.exp(Math.abs(nats));
  const said =
    odds > 1_000_000 ? 'over 1,000,000' : grouped(odds < 10 ? Number(odds.toFixed(1)) : oneFigure(odds));
  return nats >= 0 ? `${said} to 1` : `1 to ${said}`;
}

/** 0 to 1: how full a bar of evidence is; half at "thousand to one", full at a million. */
export function evidenceShare(nats: number): number {
  return Math.min(1, Math.max(0, nats / Math.log(1_000_000)));
}

function oneFigure(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.round(value / unit) * unit;
}

/** "38 ms", "4.2 s", "3 min" */
export function tookWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 100_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}
