import { englishOf } from '../../words/times.ts';

const locale = englishOf(navigator.languages);

const hour = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** "Mon, 09:00", in the reader's time zone. */
export function hourWords(at: number): string {
  return hour.format(at);
}

/** "24 Dec 2019", in the reader's time zone. */
export function dayWords(iso: string): string {
  return day.format(Date.parse(iso));
}

/** "24 Dec 2019, 18:40:07", in the reader's time zone: for records. */
export function exactWords(iso: string): string {
  return exact.format(Date.parse(iso));
}
