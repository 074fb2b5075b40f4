import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chdbInstalled } from '@kith/detection';
import { CommandError, type ExitCode, exitCodes, type Progress, progress } from '@kith/server/terminal';
import { Command } from 'commander';
import { integer, wholeOrNone } from '../scenarios/flags.ts';
import { attacks } from './attacks.ts';
import { daysSimulated } from './life.ts';
import { detectText } from './print.ts';
import { rocSvg } from './roc-chart.ts';
import { type DetectRunOptions, runDetect, type Watch } from './run.ts';
import { summarise } from './summary.ts';

interface DetectFlags {
  json?: boolean;
  seed?: number;
  seeds?: number;
  attacker?: string[];
  members?: number;
  accounts?: number;
  heldOut?: number;
  quick?: boolean;
  out?: string;
}

const usual: DetectRunOptions = {
  seed: 1,
  seeds: 2,
  members: 30_000,
  accounts: 300,
  attackers: [],
  heldOut: 3,
};

/** Small and short: whether it works, not how good it is. */
const quick: DetectRunOptions = {
  ...usual,
  seeds: 1,
  members: 5_000,
  accounts: 120,
  heldOut: 1,
  looks: [24, 120],
};

/** `kith lab detect` */
export function detectCommand(): Command {
  return new Command('detect')
    .description(
      'How good detection is: simulated attackers among honest people, and two thresholds beside it',
    )
    .option('--json', 'one JSON document on stdout')
    .option('--seed <n>', 'seed of everything random', integer)
    .option('--seeds <n>', 'worlds, over which the intervals are', integer)
    .option('--attacker <name...>', 'only these attackers')
    .option('--members <n>', 'honest members of each world', integer)
    .option('--accounts <n>', 'accounts of each attack; default 300', integer)
    .option('--held-out <n>', 'attackers drawn at random for each world, or 0', wholeOrNone)
    .option('--quick', 'small worlds and few looks: a minute')
    .option('--out <folder>', 'also write detect.json and the curves, roc.svg')
    .action(async (flags: DetectFlags) => {
      process.exitCode = await run(flags);
    });
}

async function run({ json, out, quick: isQuick, attacker, ...given }: DetectFlags): Promise<ExitCode> {
  if (!chdbInstalled())
    throw new CommandError('event_store_missing', 'The optional package chdb is not installed.');
  const options = { ...(isQuick ? quick : usual), ...given, attackers: attacker ?? [] };
  const known = new Set(attacks.map(({ name }) => name));
  const unknown = options.attackers.find((name) => !known.has(name) && !name.startsWith('held-out-'));
  if (unknown !== undefined) {
    throw new CommandError(
      'attacker_unknown',
      `no attacker is called ${unknown}; there are ${[...known].join(', ')}`,
    );
  }
  const shown = watchOf(json);
  const report = summarise(options, daysSimulated, await runDetect(options, shown.watch));
  shown.end();
  if (out !== undefined) {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'detect.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    await writeFile(join(out, 'roc.svg'), rocSvg(report));
  }
  process.stdout.write(`${json ? JSON.stringify(report) : detectText(report)}\n`);
  return exitCodes.ok;
}

/** One bar for each thing that is being done; how many looks it takes is not known before. */
function watchOf(json: boolean | undefined): { watch: Watch; end: () => void } {
  let bar: Progress | undefined;
  return {
    watch: {
      say: (label) => {
        bar?.finish();
        bar = progress({ label, unit: 'looks', json });
      },
      advance: () => bar?.advance(),
    },
    end: () => bar?.finish(),
  };
}
