import type { Card } from '@kith/protocol';
import { hashOf } from './random.ts';

const starts = ['A', 'Be', 'Da', 'E', 'Fa', 'Ha', 'I', 'Ka', 'Le', 'Ma', 'Ni', 'O', 'Ra', 'Sa', 'Ta', 'Yu'];
const ends = [
  'ra',
  'no',
  'li',
  'mir',
  'na',
  'rik',
  'sa',
  'vid',
  'ya',
  'len',
  'mo',
  'ris',
  'ta',
  'zan',
  'ko',
  'el',
];
const families = [
  'Adan',
  'Berg',
  'Costa',
  'Demir',
  'Evans',
  'Fabre',
  'Garin',
  'Haas',
  'Idris',
  'Jansen',
  'Kaya',
];

const pick = (list: readonly string[], hash: number) => list[hash % list.length] as string;

/** A made-up person's card; the handle is unique to the index. */
export function cardOf(seed: number, index: number): Card {
  const given = pick(starts, hashOf(seed, index, 1)) + pick(ends, hashOf(seed, index, 2));
  const family = pick(families, hashOf(seed, index, 3));
  return { name: `${given} ${family}`, handle: `${given.toLowerCase()}${index.toString(36)}` };
}
