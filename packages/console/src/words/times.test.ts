import { describe, expect, it } from 'vitest';
import { type Clock, englishOf, monthLetters, monthWords, untilWords, whenWords } from './times.ts';

/** Sunday 22 November 2026, 20:30 in Berlin. */
const clock: Clock = { now: Date.parse('2026-11-22T19:30:00Z'), locale: 'en-GB', timeZone: 'Europe/Berlin' };

describe('whenWords', () => {
  it.each([
    ['2026-11-22T19:29:40Z', 'just now'],
    ['2026-11-22T19:35:00Z', 'just now'],
    ['2026-11-22T19:28:30Z', '1 minute ago'],
    ['2026-11-22T18:48:00Z', '42 minutes ago'],
    ['2026-11-22T08:15:00Z', 'today at 09:15'],
    ['2026-11-21T22:59:00Z', 'yesterday'],
    ['2026-11-21T23:01:00Z', 'today at 00:01'],
    ['2026-11-19T12:00:00Z', '3 days ago'],
    ['2026-03-12T12:00:00Z', '12 March 2026'],
  ])('says %s as "%s"', (iso, words) => {
    expect(whenWords(iso, clock)).toBe(words);
  });
});

describe('untilWords', () => {
  it.each([
    ['2026-11-22T19:30:20Z', 'in a moment'],
    ['2026-11-22T19:00:00Z', 'in a moment'],
    ['2026-11-22T19:31:00Z', 'in 1 minute'],
    ['2026-11-22T19:41:30Z', 'in 12 minutes'],
    ['2026-11-22T22:00:00Z', 'today at 23:00'],
    ['2026-11-23T08:15:00Z', 'tomorrow at 09:15'],
    ['2026-11-27T08:15:00Z', 'on Friday 27 November at 09:15'],
    ['2026-12-24T08:15:00Z', 'on 24 December'],
    ['2027-01-03T08:15:00Z', 'on 3 January 2027'],
  ])('says %s as "%s"', (iso, words) => {
    expect(untilWords(iso, clock)).toBe(words);
  });

  it('follows the reader to another time zone and another English', () => {
    const there = { ...clock, locale: 'en-US', timeZone: 'America/Los_Angeles' };
    expect(untilWords('2026-11-23T17:15:00Z', there)).toMatch(/^tomorrow at 9:15\sAM$/);
  });

  it('counts calendar days across the change to summer time', () => {
    const march = { ...clock, now: Date.parse('2026-03-28T20:00:00Z') };
    expect(untilWords('2026-03-29T20:00:00Z', march)).toBe('tomorrow at 22:00');
  });
});

describe('months', () => {
  it('are said in full and in short', () => {
    expect(monthWords('2026-03', 'en-GB')).toBe('March 2026');
    expect(monthLetters('2026-03', 'en-GB')).toBe('Mar');
  });
});

describe('englishOf', () => {
  it('takes the first English of the reader, else British', () => {
    expect(englishOf(['de-DE', 'en-AU', 'en'])).toBe('en-AU');
    expect(englishOf(['de-DE', 'eno'])).toBe('en-GB');
  });
});
