import type { DemoAnalyst } from '@kith/protocol/study';
import { createAnalyst } from '../analysts/analysts.ts';
import { nameKeyOf } from '../analysts/names.ts';
import { generatePassword } from '../analysts/passwords.ts';
import { readAnalyst } from '../analysts/store.ts';
import type { Context } from '../context.ts';
import type { DevState } from './state.ts';

/** The two people of the demo, with passwords of this installation's own, made at its first start. */
export async function demoAnalysts(state: DevState): Promise<DemoAnalyst[]> {
  if (state.analysts) return state.analysts;
  const analysts: DemoAnalyst[] = [
    { name: 'Ada', password: generatePassword(), role: 'analyst' },
    { name: 'Grace', password: generatePassword(), role: 'approver' },
  ];
  await state.save({ analysts });
  return analysts;
}

/** Makes the accounts that are not there yet. */
export async function seedAnalysts(context: Context, analysts: readonly DemoAnalyst[]): Promise<void> {
  for (const analyst of analysts) {
    if (await readAnalyst(context.database, nameKeyOf(analyst.name))) continue;
    await createAnalyst(context, { ...analyst, by: 'kith dev', mustChangePassword: false });
  }
}
