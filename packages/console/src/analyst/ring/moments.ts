import { englishOf } from '../../words/times.ts';

const locale = englishOf(navigator.languages);
const utcDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

/** "24 Dec 2019" of a UTC day, milliseconds since 1970. */
export function utcDayWords(ms: number): string {
  return utcDay.format(ms);
}

const utcLetters = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "24 Dec" of a UTC day, milliseconds since 1970. */
export function utcShort(ms: number): string {
  return utcLetters.format(ms);
}
