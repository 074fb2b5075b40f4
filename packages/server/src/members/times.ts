import { Problem } from '@kith/protocol';

const endOfTime = Date.UTC(10_000);

/**
 * A time that a caller sends, if it does. Its schema has checked that it is RFC 3339; a leap second is, and is still no
 * time in JavaScript. The ends keep to what every store can hold.
 *
 * @param at where it stands, as a JSON pointer
 */
export function readTime(
  text: string | undefined,
  at: string,
  code: 'body_invalid' | 'query_invalid' = 'body_invalid',
): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  const ms = time.getTime();
  if (ms >= 0 && ms < endOfTime) return time;
  throw new Problem(code, `${at} is not a time from 1970 to 9999`, { at });
}
