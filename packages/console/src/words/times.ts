/** How times are said: in the reader's time zone, in English of the reader's own region. */
export interface Clock {
  /** Now, in ms since the epoch. */
  now: number;
  /** BCP 47, an English one: the pages are in English, and a date in another language inside them would be read wrongly aloud. */
  locale: string;
  /** IANA name. */
  timeZone: string;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The first English among the reader's languages, else British. */
export function englishOf(languages: readonly string[]): string {
  return languages.find((language) => /^en(-|$)/i.test(language)) ?? 'en-GB';
}

/** When something happened: "just now", "12 minutes ago", "today at 09:15", "yesterday", "12 March 2026". */
export function whenWords(iso: string, clock: Clock): string {
  const at = Date.parse(iso);
  const agoMs = clock.now - at;
  if (agoMs < minuteMs) return 'just now';
  if (agoMs < 60 * minuteMs) return count(Math.floor(agoMs / minuteMs), 'minute', 'minutes', 'ago');
  const days = daysBetween(at, clock.now, clock.timeZone);
  if (days === 0) return `today at ${hours(at, clock)}`;
  if (days === 1) return 'yesterday';
  if (days < 7) return `${days} days ago`;
  return date(at, clock, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** When something will be: "in a moment", "in 12 minutes", "today at 18:40", "tomorrow at 09:15", "on Friday 27 November at 09:15". */
export function untilWords(iso: string, clock: Clock): string {
  const at = Date.parse(iso);
  const inMs = at - clock.now;
  if (inMs < minuteMs) return 'in a moment';
  if (inMs < 60 * minuteMs) return `in ${count(Math.ceil(inMs / minuteMs), 'minute', 'minutes')}`;
  const days = daysBetween(clock.now, at, clock.timeZone);
  if (days === 0) return `today at ${hours(at, clock)}`;
  if (days === 1) return `tomorrow at ${hours(at, clock)}`;
  if (days < 7)
    return `on ${date(at, clock, { weekday: 'long', day: 'numeric', month: 'long' })} at ${hours(at, clock)}`;
  const year = yearOf(at, clock) === yearOf(clock.now, clock) ? {} : ({ year: 'numeric' } as const);
  return `on ${date(at, clock, { day: 'numeric', month: 'long', ...year })}`;
}

/** "March 2026" of "2026-03". */
export function monthWords(month: string, locale: string): string {
  return monthFormat(month, locale, { month: 'long', year: 'numeric' });
}

/** "Mar" of "2026-03". */
export function monthLetters(month: string, locale: string): string {
  return monthFormat(month, locale, { month: 'short' });
}

function monthFormat(month: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return format.format(Date.parse(`${month}-01T00:00:00Z`));
}

function count(n: number, one: string, many: string, tail = ''): string {
  return `${n} ${n === 1 ? one : many}${tail && ` ${tail}`}`;
}

function hours(at: number, { locale, timeZone }: Clock): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(at);
}

function date(at: number, { locale, timeZone }: Clock, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at);
}

function yearOf(at: number, clock: Clock): string {
  return date(at, clock, { year: 'numeric' });
}

/** Midnights between two moments, as the reader's calendar counts them. */
function daysBetween(from: number, to: number, timeZone: string): number {
  return Math.round((calendarDay(to, timeZone) - calendarDay(from, timeZone)) / dayMs);
}

function calendarDay(at: number, timeZone: string): number {
  // Swedish dates are ISO dates.
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(at);
  return Date.parse(`${day}T00:00:00Z`);
}
