import type { Attack } from './attack.ts';
import { bisection } from './bisection.ts';
import { delta } from './delta.ts';
import { hitList } from './hit-list.ts';
import { onePrefix } from './one-prefix.ts';
import { recycledNumber } from './recycled-number.ts';
import { sequential } from './sequential.ts';
import { shuffledList } from './shuffled.ts';
import { stalking } from './stalking.ts';

/** Every attack that can be replayed on its own. */
export const attacks: readonly Attack[] = [
  sequential,
  shuffledList,
  hitList,
  bisection,
  delta,
  stalking,
  recycledNumber,
  onePrefix,
];
