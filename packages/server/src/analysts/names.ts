import { Problem } from '@kith/protocol';

/** No parentheses: those set service keys apart from people. */
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@'+-]{0,63}$/u;

/** @throws Problem `analyst_name_invalid` */
export function checkName(given: string): string {
  const name = given.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (!namePattern.test(name)) throw new Problem('analyst_name_invalid');
  return name;
}

/** A name as it is compared: the same for all that differ by case, width or spaces alone. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** `label (12 hex digits)`: what a service key without an owner does is done under the key's own name. */
const keyName = /\([0-9a-f]{12}\)$/;

export function isServiceKey(by: string): boolean {
  return keyName.test(by);
}

export function isSameName(one: string, other: string): boolean {
  return nameKeyOf(one) === nameKeyOf(other);
}
