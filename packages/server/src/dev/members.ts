import { Readable } from 'node:stream';
import type { MemberLine } from '@kith/protocol';
import type { Context } from '../context.ts';
import { importMembers } from '../members/import/import.ts';
import type { DemoPopulation } from './population.ts';

/** Before anybody of a town sends a book: what members had chosen at any moment of the story is on record by then. */
const adoptedMsAgo = 130 * 86_400_000;

/** A town, imported when its host began with Kith. */
export function addTown(context: Context, { people }: DemoPopulation): Promise<void> {
  const adoptedAt = context.now() - adoptedMsAgo;
  return addMembers(
    { ...context, now: () => adoptedAt },
    people.map(({ member }) => member),
  );
}

/** By the import that hosts use. */
export async function addMembers(context: Context, members: readonly MemberLine[]): Promise<void> {
  const lines = members.map((member) => Buffer.from(`${JSON.stringify(member)}\n`));
  for await (const _ of importMembers(context, Readable.from(lines)));
}
