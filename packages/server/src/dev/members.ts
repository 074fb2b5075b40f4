import { Readable } from 'node:stream';
import type { MemberLine } from '@kith/protocol';
import type { Context } from '../context.ts';
import { importMembers } from '../members/import/import.ts';

/** By the import that hosts use. */
export async function addMembers(context: Context, members: readonly MemberLine[]): Promise<void> {
  const lines = members.map((member) => Buffer.from(`${JSON.stringify(member)}\n`));
  for await (const _ of importMembers(context, Readable.from(lines)));
}
