import { englishOf } from '../../words/times.ts';

const locale = englishOf(navigator.languages);
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const utcDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

/** "24 Dec 2019", in the reader's time zone. */
export function dayWords(iso: string): string {
  return day.format(Date.parse(iso));
}

/** "24 Dec 2019, 18:40", in the reader's time zone. */
export function momentWords(iso: string): string {
  return moment.format(Date.parse(iso));
}

/** "24 Dec 2019" of a UTC day, milliseconds since 1970. */
export function utcDayWords(ms: number): string {
  return utcDay.format(ms);
}

const utcLetters = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "24 Dec" of a UTC day, milliseconds since 1970. */
export function utcShort(ms: number): string {
  return utcLetters.format(ms);
}
