import type { Attack } from './attack.ts';
import { enumerate } from './enumeration.ts';

export const shuffledList: Attack = {
  name: 'shuffled',
  summary: 'one account uploads generated numbers in random order',
  run: ({ seed }) => enumerate('shuffled', 'shuffled', seed),
};
