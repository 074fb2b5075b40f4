import { type CanonicalNumber, parseNumbers } from '@kith/protocol';
import { sync } from '../contacts/contacts.ts';
import type { Context } from '../context.ts';
import { plantCanaries } from '../members/canaries.ts';
import { addTown } from './members.ts';
import type { DemoPerson, DemoPopulation } from './population.ts';
import { lookForVisitors } from './seed-private.ts';

/**
 * Fills an empty database with the demo town. Friends of those whom a visitor may sign in as have synced already, so
 * that the visitor finds people at once, in either way; the visitor's own book is still to be imported.
 */
export async function seedDemo(
  context: Context,
  town: DemoPopulation,
  onStep: (text: string) => void,
): Promise<void> {
  onStep(`seeding ${town.people.length} members`);
  await addTown(context, town);
  await plantCanaries(context, 'US', 10);
  const friends = friendsOf(town);
  onStep(`syncing ${friends.length} address books`);
  for (const friend of friends) {
    const { numbers } = parseNumbers(friend.book.map(({ phone }) => phone));
    const add = numbers as CanonicalNumber[];
    await sync(context, friend.member.id, { mode: 'replace', add, remove: [], origin: {}, rejected: 0 });
  }
  await lookForVisitors(context, friends, town.signIns);
}

function friendsOf({ people, signIns }: DemoPopulation): DemoPerson[] {
  const phones = new Set(signIns.flatMap(({ book }) => book.map(({ phone }) => phone)));
  return people.filter((person) => phones.has(person.member.phone) && !signIns.includes(person));
}

/** An address book as a phone exports it, vCard 3.0. */
export function vcardOf({ book }: DemoPerson): string {
  const extras = [
    { name: 'Pizza Napoli', phone: '(212) 555-0' },
    { name: 'Voicemail', phone: '*86' },
  ];
  return [...book, ...extras]
    .map(({ name, phone }) =>
      ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;TYPE=CELL:${phone}`, 'END:VCARD', ''].join('\r\n'),
    )
    .join('');
}
