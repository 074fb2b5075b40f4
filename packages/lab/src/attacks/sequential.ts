import type { Attack } from './attack.ts';
import { enumerate } from './enumeration.ts';

export const sequential: Attack = {
  name: 'sequential',
  summary: 'one account uploads consecutive numbers',
  run: ({ seed }) => enumerate('sequential', 'in order', seed),
};
