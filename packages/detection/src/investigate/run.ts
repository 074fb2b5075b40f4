import { WatchError } from '../errors.ts';
import { where } from './import.ts';
import { investigate } from './investigate.ts';
import type { InvestigateOptions } from './options.ts';
import { ringsDocument, writeOutputs } from './outputs.ts';
import { type Investigation, summary } from './report/report.ts';

/** Where a command writes. */
export interface InvestigateIo {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  /** A line that the next one replaces; nothing where nobody watches. */
  progress: (line: string) => void;
}

/** What `kith investigate` ends with: nothing found, rings found, an error. */
export const investigateExit = { clean: 0, found: 1, error: 2 } as const;

/**
 * The command `kith investigate`: reads the logs, writes the outputs, says in a few lines what was found.
 *
 * @returns the exit code: 0 nothing found, 1 rings found, 2 an error (one line on stderr, no stack).
 */
export async function runInvestigate(
  files: readonly string[],
  options: InvestigateOptions,
  io: InvestigateIo,
): Promise<number> {
  try {
    const found = await investigate(files, options, {
      note: (line) => io.stderr(`${line}\n`),
      progress: io.progress,
    });
    const paths = await writeOutputs(options.out ?? 'investigation', found);
    io.stdout(options.json ? `${JSON.stringify(ringsDocument(found))}\n` : told(found, paths));
    return found.detection.rings.length > 0 ? investigateExit.found : investigateExit.clean;
  } catch (error) {
    if (!(error instanceof WatchError)) throw error;
    io.stderr(`kith investigate: ${error.message}\n`);
    return investigateExit.error;
  }
}

function told({ imported, detection, whoElse }: Investigation, paths: readonly string[]): string {
  const lines = [
    `${imported.rows.toLocaleString('en-US')} syncs of ${detection.members.toLocaleString('en-US')} accounts.`,
  ];
  if (imported.broken > 0) {
    const quotes = imported.examples.map(
      (line) => `  ${where(line)}: ${line.why}: ${JSON.stringify(line.text.slice(0, 100))}`,
    );
    lines.push(`${imported.broken.toLocaleString('en-US')} broken lines left out, such as`, ...quotes);
  }
  if (detection.silent.length > 0) {
    lines.push(
      `Not used, for want of columns: ${detection.silent.map(({ title }) => title.toLowerCase()).join(', ')}.`,
    );
  }
  lines.push(summary(detection));
  for (const ring of detection.rings) {
    const why = ring.reasons.slice(0, 3).map(({ words }) => words);
    lines.push(`  ${ring.id}: ${ring.accounts} accounts; the typical one ${why.join('; ')}`);
  }
  for (const search of whoElse) {
    const answer = search.matches.length === 0 ? 'nobody' : `${search.matches.length} accounts`;
    lines.push(`Who else did what ${search.ring} did: ${answer}, ${search.nearMisses.length} near misses.`);
  }
  lines.push(...paths.map((path) => `Written: ${path}`));
  return `${lines.join('\n')}\n`;
}
