import type { Context } from '../context.ts';

/** Who asked about a number, as a keyed hash that is no other table's. */
export function askerOf(context: Pick<Context, 'keyring'>, memberId: string): Buffer {
  return context.keyring.tag('contact', `asker\0${memberId}`).subarray(0, 8);
}
