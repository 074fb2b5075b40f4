import { Command, Option } from 'commander';
import { getCase } from '../../cases/overview.ts';
import type { Context } from '../../context.ts';
import { type Exported, exportIncident } from '../../incident/export.ts';
import { computeExposure, exposureState } from '../../incident/exposure.ts';
import { type Language, languages } from '../../incident/languages.ts';
import { counted, figure } from '../../incident/outputs/words.ts';
import { exitCodes, type Progress, progress, stopRequested } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';

interface Options {
  out: string;
  recompute?: boolean;
  language?: Language;
  each?: boolean;
  json?: boolean;
}

const commandLine = 'kith (command line)';

/** `kith incident`: everything that is to be told about a case, in one folder. */
export function incidentCommand(): Command {
  return new Command('incident')
    .description(
      'Work out who was exposed in a case, and write the report, the notices and all other outputs',
    )
    .argument('<case>', 'id of a case (kith cases); the demo has one called demo')
    .requiredOption('--out <dir>', 'folder to write to; an export that was interrupted goes on there')
    .option('--recompute', 'compute the exposure anew, though it has been before')
    .option('--each', 'a page for each exposed member beside the lists of notices')
    .addOption(new Option('--language <language>', 'one language for all notices').choices([...languages]))
    .option('--json', 'print one JSON document: the figures and the files')
    .action(async (caseId: string, options: Options) => {
      process.exitCode = await withContext((context) => run(context, caseId, options));
    });
}

async function run(context: Context, caseId: string, options: Options): Promise<number> {
  const { json } = options;
  await compute(context, caseId, options);
  const stopping = new AbortController();
  void stopRequested().then(() => stopping.abort());
  let shown: Progress | undefined;
  const exported = await exportIncident(context, caseId, options.out, {
    ...(options.language && { language: options.language }),
    each: options.each === true,
    stop: stopping.signal,
    onProgress: (done, total) => {
      shown ??= progress({ label: 'notices', total, unit: 'notices', json });
      shown.set(done);
    },
  });
  shown?.finish();
  print(json, { out: options.out, ...exported }, wordsOf(exported, options.out));
  return exported.complete ? exitCodes.ok : exitCodes.interrupted;
}

async function compute(context: Context, caseId: string, { recompute, json }: Options): Promise<void> {
  const { computed } = await getCase(context, caseId);
  const { state } = await exposureState(context, caseId);
  if (state === 'ready' && !recompute) {
    if (computed?.stale && !json)
      process.stderr.write(
        'kith: the rings have changed since this was computed; --recompute computes it anew\n',
      );
    return;
  }
  let shown: Progress | undefined;
  await computeExposure(context, caseId, commandLine, (done, total) => {
    shown ??= progress({ label: 'exposure', unit: 'accounts and members', json });
    shown.set(Math.min(done, total));
  });
  shown?.finish();
}

function wordsOf({ figures: f, files, notices, complete }: Exported, out: string): string {
  const width = Math.max(...files.map(({ name }) => name.length));
  const listing = files.map(
    ({ name, bytes }) => `  ${name.padEnd(width)}  ${figure(bytes).padStart(12)} bytes`,
  );
  return [
    `${f.name}: ${counted(f.membersExposed, 'person', 'people')} exposed (${counted(f.cardsRevealed, 'card')} shown), ${figure(f.membersProtected.total)} tried and protected, by ${counted(f.accounts, 'account')} that tried ${counted(f.numbersTried, 'number')}`,
    ...(f.bounds.length > 0 ? f.bounds.map(({ atMost, why }) => `  at most ${figure(atMost)}: ${why}`) : []),
    `${counted(notices, 'notice')}${complete ? '' : ' so far: stopped; the same command goes on'}; ${counted(files.length, 'file')} in ${out}`,
    ...listing.slice(0, 40),
  ].join('\n');
}
