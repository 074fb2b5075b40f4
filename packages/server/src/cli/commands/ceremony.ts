import { join } from 'node:path';
import { CryptoError } from '@kith/protocol/crypto';
import { Command } from 'commander';
import { advanceCeremony, type CeremonyProgress, planCeremony } from '../../issuing/ceremony.ts';
import { CommandError, exitCodes } from '../terminal/index.ts';
import { print } from '../with-context.ts';

interface Options {
  dir: string;
  index?: string;
  issuers?: string;
  threshold?: string;
  state?: string;
  share?: string;
  local?: boolean;
  json?: boolean;
}

export function ceremonyCommand(): Command {
  return new Command('ceremony')
    .description('Make issuers’ shares together, so that nobody ever holds the whole secret')
    .requiredOption('--dir <folder>', 'public messages; every issuer must see the same')
    .option('--issuers <n>', 'start a ceremony: how many issuers')
    .option('--threshold <t>', 'start a ceremony: how many of them suffice')
    .option('--index <i>', 'which issuer this is, from 1')
    .option('--state <file>', 'secrets of this issuer until the end (default: ceremony-INDEX.state)')
    .option('--share <file>', 'share of this issuer at the end (default: issuer-INDEX.share)')
    .option('--local', 'play all issuers on this machine, for trials: it then knows the whole secret')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
One issuer starts it:      kith keys ceremony --dir messages --issuers 3 --threshold 2 --index 1
The others join, and all run it again until it is finished:
                           kith keys ceremony --dir messages --index 2
At the end compare the transcript by word of mouth, and give messages/issuers.txt to the service.`,
    )
    .action(async (options: Options) => {
      const { dir, issuers, threshold } = options;
      if (issuers && threshold) await planCeremony(dir, Number(threshold), Number(issuers));
      const progress = await naming(() => (options.local ? playAll(dir, Number(issuers)) : advance(options)));
      print(options.json, progress, wordsOf(progress));
      if (!progress.done) process.exitCode = exitCodes.failed;
    });
}

async function advance({ dir, index, state, share }: Options): Promise<CeremonyProgress> {
  if (!index || !/^\d+$/.test(index))
    throw new CommandError('index_missing', '--index says which issuer this is');
  return advanceCeremony({
    folder: dir,
    index: Number(index),
    stateFile: state ?? `ceremony-${index}.state`,
    shareFile: share ?? `issuer-${index}.share`,
  });
}

async function playAll(dir: string, issuers: number): Promise<CeremonyProgress> {
  if (!issuers) throw new CommandError('issuers_missing', '--local needs --issuers and --threshold');
  const places = Array.from({ length: issuers }, (_, at) => ({
    folder: dir,
    index: at + 1,
    stateFile: join(dir, `ceremony-${at + 1}.state`),
    shareFile: join(dir, `issuer-${at + 1}.share`),
  }));
  let last: CeremonyProgress | undefined;
  for (let round = 0; round < 4 && !last?.done; round += 1) {
    for (const place of places) last = await advanceCeremony(place);
  }
  for (const place of places) last = await advanceCeremony(place);
  return last!;
}

/** Whoever broke the rules is named. */
async function naming(work: () => Promise<CeremonyProgress>): Promise<CeremonyProgress> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    const who = error.issuers?.length ? ` (issuer ${error.issuers.join(', ')})` : '';
    throw new CommandError(error.code, `${error.message}${who}`, { exitCode: exitCodes.failed });
  }
}

function wordsOf({ done, round, waitingFor, transcript }: CeremonyProgress): string {
  return done
    ? `finished; transcript ${transcript}`
    : `waiting for the "${round}" message of issuer ${waitingFor.join(', ')}; run this again once it is there`;
}
