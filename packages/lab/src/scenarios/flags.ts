import { InvalidArgumentError } from 'commander';

/** A whole number from 1 on, from the command line. */
export function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
}

/** A whole number from 0 on, from the command line. */
export function wholeOrNone(text: string): number {
  return text === '0' ? 0 : integer(text);
}

/** A number above 0, from the command line. */
export function factor(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}
