import { InvalidArgumentError } from 'commander';

/** A whole number from 1 on, from the command line. */
export const integer = (text: string): number => wholeFrom(1, text);

/** A whole number from 0 on, from the command line. */
export const wholeOrNone = (text: string): number => wholeFrom(0, text);

function wholeFrom(least: number, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
  return value;
}

/** A number above 0, from the command line. */
export function factor(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}
