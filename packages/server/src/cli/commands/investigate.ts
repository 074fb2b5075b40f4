import {
  type InvestigateOptions,
  investigateExit,
  investigateHelp,
  investigateOptions,
  type OptionSpec,
  runInvestigate,
} from '@kith/detection';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ExitCode, exitCodes, stopRequested } from '../terminal/index.ts';

/** `kith investigate`: needs no database, no settings and no network; all that it does is in the watch room. */
export function investigateCommand(): Command {
  const command = new Command('investigate')
    .description(
      'Find rings in logs that exist already: NDJSON, CSV, Parquet, access logs; no service needed',
    )
    .argument('<log...>', 'files, folders, patterns such as "logs/*.gz", or - for stdin')
    .addHelpText('after', investigateHelp)
    .showHelpAfterError('(kith investigate --help shows what there is)');
  for (const spec of investigateOptions) command.addOption(optionOf(spec));
  return command.action(async (logs: string[], options: InvestigateOptions) => {
    process.exitCode = await run(logs, options);
  });
}

async function run(logs: readonly string[], options: InvestigateOptions): Promise<ExitCode> {
  const stopping = new AbortController();
  void stopRequested().then(() => stopping.abort());
  const shown = statusLine(options.json === true);
  const code = await runInvestigate(logs, options, {
    stdin: process.stdin,
    stop: stopping.signal,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => {
      shown.clear();
      process.stderr.write(text);
    },
    progress: shown.show,
  });
  shown.clear();
  return code === investigateExit.stopped ? exitCodes.interrupted : code;
}

function optionOf(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.kind === 'number') option.argParser(number);
  if (spec.kind === 'list') option.argParser((text, before: string[] = []) => [...before, text]);
  return option;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It is not a number from 0 on.');
  }
  return value;
}

const clearLine = '\r\u001b[K';
const redrawMs = 100;
const lineMs = 10_000;

/** What is going on: one line redrawn on a terminal, else a line every ten seconds; nothing with --json. */
function statusLine(json: boolean): { show: (line: string) => void; clear: () => void } {
  const { stderr } = process;
  let shownAt = stderr.isTTY ? Number.NEGATIVE_INFINITY : performance.now();
  const show = (line: string): void => {
    const at = performance.now();
    if (json || at - shownAt < (stderr.isTTY ? redrawMs : lineMs)) return;
    shownAt = at;
    stderr.write(stderr.isTTY ? clearLine + line.slice(0, (stderr.columns ?? 80) - 1) : `kith: ${line}\n`);
  };
  const clear = (): void => {
    if (stderr.isTTY && !json) stderr.write(clearLine);
  };
  return { show, clear };
}
