import { userInfo } from 'node:os';
import type { Action } from '@kith/protocol/study';
import { Command, InvalidArgumentError } from 'commander';
import { carryOut, undo } from '../../actions/carry-out.ts';
import { approve, planSuspension } from '../../actions/plans.ts';
import type { Context } from '../../context.ts';
import { print, withContext } from '../with-context.ts';

interface Options {
  as: string;
  json?: boolean;
}

/** `kith plan suspend RING`, `kith approve`, `kith act`, `kith undo`: the same as over HTTP. */
export function actionCommands(): Command[] {
  const plan = new Command('plan').description('Say what an action would do, before it is done');
  plan.addCommand(
    command('suspend <ring>', 'Plan the suspension of a ring; changes nothing yet', planSuspension),
  );
  return [
    plan,
    command('approve <action>', 'Agree to a plan, as a second person', approve),
    command('act <action>', 'Carry a plan out, all of it or nothing', carryOut),
    command('undo <action>', 'Take an action back, exactly', undo),
  ];
}

function command(
  usage: string,
  description: string,
  work: (context: Context, id: string, by: string) => Promise<Action>,
): Command {
  const [name = '', argument = ''] = usage.split(' ');
  return new Command(name)
    .description(description)
    .argument(argument, '', argument === '<action>' ? actionId : undefined)
    .option('--as <name>', 'who decides', nameOf, `${userInfo().username}@terminal`)
    .option('--json', 'print one JSON document')
    .action(async (id: string, { as, json }: Options) => {
      const answer = await withContext((context) => work(context, id, as));
      print(json, answer, wordsOf(answer));
    });
}

/** What stands in the ledger as a person must be one. */
function nameOf(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 200) throw new InvalidArgumentError('It must be a name.');
  return name;
}

function actionId(text: string): string {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError('It is not the id of an action, as kith plan prints it.');
}

function wordsOf(action: Action): string {
  const { summary } = action;
  const lines = [
    `${action.id}: ${action.kind} ${action.accounts} accounts of ring ${action.ring}: ${action.state}`,
    `  look honest: ${summary.looksHonest}; protected: ${summary.protected}; suspended before: ${summary.alreadySuspended}`,
    `  they lose: ${summary.lose.people} people, ${summary.lose.slots} contacts, ${summary.lose.waiting} waiting reveals`,
    ...summary.sample.map(({ member, why }) => `  doubt: ${member}: ${why.join('; ')}`),
    ...summary.why.map((why) => `  why: ${why}`),
  ];
  if (action.state === 'planned') {
    lines.push(
      action.needsApproval
        ? `next: kith approve ${action.id} --as SOMEBODY-ELSE`
        : `next: kith act ${action.id}`,
    );
  }
  if (action.state === 'approved') lines.push(`next: kith act ${action.id}`);
  if (action.state === 'done') lines.push(`to take it back: kith undo ${action.id}`);
  return lines.join('\n');
}
