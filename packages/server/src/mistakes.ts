import type { TLocalizedValidationError } from 'typebox/error';

/** Where the input is not what its schema says, as a JSON pointer, and in words that repeat none of it. */
export function firstMistake([first]: readonly TLocalizedValidationError[]): { at: string; detail: string } {
  const at = first?.instancePath || '/';
  // What the schema has no place for fails against the schema `false`.
  const what = first?.keyword === 'boolean' ? 'is not a known field' : (first?.message ?? 'is not valid');
  return { at, detail: `${at} ${what}` };
}
