import { writeFile } from 'node:fs/promises';
import { CommandError, type ExitCode, exitCodes, progress, table } from '@kith/server/terminal';
import { Command } from 'commander';
import { type Attack, type AttackReport, broken } from '../attacks/attack.ts';
import { attacks } from '../attacks/index.ts';
import { factor, integer } from './flags.ts';
import type { ShowProgress } from './scenario.ts';
import { scaled, type Twitter2019Options, twitter2019Defaults } from './twitter-2019/options.ts';
import { twitter2019Chart, twitter2019Text } from './twitter-2019/print.ts';
import { runTwitter2019 } from './twitter-2019/run.ts';

interface RunFlags extends Partial<Twitter2019Options> {
  json?: boolean;
  chart?: string;
  scale?: number;
}

const twitter2019 = 'twitter-2019';
const twitter2019Summary = 'a fleet feeds a shuffled list, against the endpoint of 2019 and against Kith';

/** `kith lab …` */
export function labCommand(): Command {
  const lab = new Command('lab')
    .description('Simulated populations and replayed attacks on the real service')
    .exitOverride();
  lab.command('list').description('What can be run').option('--json', 'as JSON').action(list);
  lab
    .command('run')
    .description('Replay an attack; the same seed gives the same numbers')
    .argument('<scenario>', 'one of `kith lab list`')
    .option('--json', 'one JSON document on stdout')
    .option('--seed <n>', 'seed of everything random', integer)
    .option('--accounts <n>', 'fake accounts', integer)
    .option('--days <n>', 'days of virtual time', integer)
    .option('--population <n>', 'members', integer)
    .option('--numbers <n>', "numbers on the attacker's list; default all that there are", integer)
    .option('--honest <n>', 'honest members who sync meanwhile', integer)
    .option('--scale <factor>', 'multiplies accounts, members and honest members', factor)
    .option('--chart <file>', 'also write the chart, SVG')
    .action(async (name: string, flags: RunFlags) => {
      process.exitCode = await runScenario(name, flags);
    });
  return lab;
}

function list(flags: { json?: boolean }): void {
  const rows = [
    { name: twitter2019, summary: twitter2019Summary },
    ...attacks.map(({ name, summary }) => ({ name, summary })),
  ];
  process.stdout.write(`${flags.json ? JSON.stringify(rows) : table(rows)}\n`);
}

async function runScenario(name: string, flags: RunFlags): Promise<ExitCode> {
  if (name === twitter2019) return runTwitter(flags);
  const attack = attacks.find((each) => each.name === name);
  if (attack === undefined) {
    throw new CommandError('scenario_unknown', `no scenario is called ${name}; kith lab list shows them all`);
  }
  return runAttack(attack, flags);
}

async function runTwitter(flags: RunFlags): Promise<ExitCode> {
  const { json, chart, scale = 1, ...given } = flags;
  const options = { ...scaled(twitter2019Defaults, scale), ...given };
  const show: ShowProgress = (label, total, unit) => progress({ label, total, unit, json });
  const result = await runTwitter2019(options, show);
  if (chart !== undefined) await writeFile(chart, twitter2019Chart(result));
  process.stdout.write(`${json ? JSON.stringify(result) : twitter2019Text(result)}\n`);
  return exitCodes.ok;
}

async function runAttack(attack: Attack, flags: RunFlags): Promise<ExitCode> {
  const report = await attack.run({ seed: flags.seed ?? twitter2019Defaults.seed });
  process.stdout.write(`${flags.json ? JSON.stringify(report) : attackText(report)}\n`);
  return broken(report).length === 0 ? exitCodes.ok : exitCodes.failed;
}

function attackText({ checks, ...figures }: AttackReport): string {
  return [
    table([{ ...figures }]),
    '',
    ...checks.map(({ claim, held }) => `${held ? 'held  ' : 'BROKEN'}  ${claim}`),
  ].join('\n');
}
