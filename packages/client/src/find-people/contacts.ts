import type { NumberRejection } from '@kith/protocol';
import type { Vault } from '../store/vault.ts';

/** A contact as the app has it: a number in E.164 form, or an object with one and whatever else the app likes. */
export type ContactInput = string | { readonly number: string };

/** A contact as the steps see it. */
export interface KnownContact {
  /** E.164. */
  number: string;
  /** What stands for it in the store; 16 bytes. */
  mark: Uint8Array;
}

/** What was given, sorted out. */
export interface Sorted<C extends ContactInput> {
  /** Each number once, the member's own left out. */
  contacts: KnownContact[];
  /** The contacts as given, by number. */
  given: Map<string, C[]>;
  /** What is not a number in E.164 form, by its place in what was given. */
  rejected: { index: number; code: NumberRejection }[];
}

/** Sorts out what was given. Numbers are taken as they are: `readAddressBook` and `toNumbers` make canonical ones. */
export function sortContacts<C extends ContactInput>(
  inputs: readonly C[],
  own: string | null,
  vault: Vault,
): Sorted<C> {
  const given = new Map<string, C[]>();
  const rejected: Sorted<C>['rejected'] = [];
  for (const [index, input] of inputs.entries()) {
    const number = typeof input === 'string' ? input : input?.number;
    const code = rejectionOf(number);
    if (code !== undefined) rejected.push({ index, code });
    else if (number !== own) given.set(number, [...(given.get(number) ?? []), input]);
  }
  const contacts = [...given.keys()].map((number) => ({ number, mark: vault.mark('number', number) }));
  return { contacts, given, rejected };
}

/** Why a text is not a number in E.164 form, as far as its form tells; undefined where it is one. */
export function rejectionOf(number: unknown): NumberRejection | undefined {
  if (typeof number !== 'string') return 'not_a_number';
  if (/^\+[1-9]\d{6,14}$/.test(number)) return undefined;
  if (number.trim() === '') return 'empty';
  if (/^\+0/.test(number)) return 'country_unknown';
  if (/^\+\d+$/.test(number)) return number.length < 8 ? 'too_short' : 'too_long';
  return /^[\d\s()./-]+$/.test(number) ? 'region_required' : 'not_a_number';
}
