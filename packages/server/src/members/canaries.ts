import { randomInt } from 'node:crypto';
import { type CanonicalNumber, generateNumber, Problem } from '@kith/protocol';
import type { Context } from '../context.ts';
import { lockOwner } from '../directory/store.ts';
import { uuidv7 } from '../uuidv7.ts';
import { putMember } from './members.ts';

/**
 * Lists generated numbers as members that anyone with the number can find. With few canaries in a region of many million
 * numbers an honest book holds none of them; a generated list meets them at the rate at which it covers the region.
 *
 * @returns the ids of the canaries, which look like any other member's
 */
export async function plantCanaries(context: Context, region: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const phone = generateNumber(region, () => randomInt(2 ** 32) / 2 ** 32);
    if (!phone) throw new Problem('region_invalid', `No numbers can be generated for ${region}`);
    if (await isTaken(context, phone)) continue;
    const id = uuidv7(context.now());
    await putMember(context, id, { phone, discoverable: 'anyone', card: inventCard(), canary: true });
    ids.push(id);
  }
  return ids;
}

async function isTaken(context: Context, phone: CanonicalNumber): Promise<boolean> {
  return (await lockOwner(context.database, context.keyring.tag('directory', phone))) !== undefined;
}

const given = [
  'Alex',
  'Sam',
  'Robin',
  'Kim',
  'Nour',
  'Sasha',
  'Jo',
  'Dana',
  'Ariel',
  'Noa',
  'Mika',
  'Charlie',
];
const family = [
  'Meyer',
  'Silva',
  'Rossi',
  'Novak',
  'Khan',
  'Sato',
  'Costa',
  'Lund',
  'Haddad',
  'Moreau',
  'Park',
  'Diaz',
];

function inventCard() {
  const pick = (names: string[]) => names[randomInt(names.length)]!;
  const first = pick(given);
  const last = pick(family);
  return { name: `${first} ${last}`, handle: `${first}${last}${randomInt(100, 10_000)}`.toLowerCase() };
}
