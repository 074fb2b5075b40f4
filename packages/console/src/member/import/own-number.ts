/**
 * A number as its owner writes it, in E.164 form: with the country code, whatever stands between the digits. Undefined
 * where it is none; whether it is the right one the keys tell.
 */
export function ownNumberOf(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^00/, '+')
    .replace(/[\s().\-/\u2010-\u2015]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(plain) ? plain : undefined;
}
