import type { Readable } from 'node:stream';
import { WatchError } from '../errors.ts';
import { where } from './broken.ts';
import { investigate } from './investigate.ts';
import type { InvestigateOptions } from './options.ts';
import { checkFolder, ringsDocument, writeOutputs } from './outputs.ts';
import { type Investigation, summary } from './report/report.ts';
import { reasonSentence } from './report/ring-section.ts';

/** What a command reads from and writes to. */
export interface InvestigateIo {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  /** A line that the next one replaces; nothing where nobody watches. */
  progress: (line: string) => void;
  stdin?: Readable;
  /** Ends the run, leaving nothing behind. */
  stop?: AbortSignal;
}

/** What `kith investigate` ends with: nothing found, rings found, an error, stopped by the user. */
export const investigateExit = { clean: 0, found: 1, error: 2, stopped: 130 } as const;
export type InvestigateExit = (typeof investigateExit)[keyof typeof investigateExit];

/**
 * The command `kith investigate`: reads the logs, writes the outputs, says in a few lines what was found.
 *
 * @returns the exit code: 0 nothing found, 1 rings found, 2 an error (one line on stderr, no stack), 130 stopped.
 */
export async function runInvestigate(
  files: readonly string[],
  options: InvestigateOptions,
  io: InvestigateIo,
): Promise<InvestigateExit> {
  const folder = options.out ?? 'investigation';
  try {
    await checkFolder(folder);
    const found = await investigate(files, options, {
      note: (line) => io.stderr(`${oneLine(line)}\n`),
      progress: io.progress,
      stdin: io.stdin,
      stop: io.stop,
    });
    if (io.stop?.aborted) return stopped(io);
    const paths = await writeOutputs(folder, found);
    io.stdout(options.json ? `${JSON.stringify(ringsDocument(found))}\n` : told(found, paths));
    return found.detection.rings.length > 0 ? investigateExit.found : investigateExit.clean;
  } catch (error) {
    if (io.stop?.aborted) return stopped(io);
    return failed(error, options, io);
  }
}

function stopped(io: InvestigateIo): InvestigateExit {
  io.stderr('kith: stopped; nothing was written\n');
  return investigateExit.stopped;
}

/** One line that says what is wrong, whoever's fault it is. */
function failed(error: unknown, { json }: InvestigateOptions, io: InvestigateIo): InvestigateExit {
  const known = error instanceof WatchError;
  const reason = error instanceof Error ? error.message : String(error);
  const message = oneLine(known ? reason : `unexpected ${reason} (a bug; KITH_DEBUG=1 shows where)`);
  const code = known ? error.code : 'internal';
  io.stderr(json ? `${JSON.stringify({ error: { code, message } })}\n` : `kith: ${message}\n`);
  if (process.env.KITH_DEBUG && error instanceof Error) io.stderr(`${error.stack}\n`);
  return investigateExit.error;
}

/** Names of files and columns are chosen by strangers too: nothing of theirs moves the cursor. */
function oneLine(text: string): string {
  const visible = text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
  return visible.length > 2_000 ? `${visible.slice(0, 1_999)}…` : visible;
}

function told({ files, imported, detection, whoElse }: Investigation, paths: readonly string[]): string {
  const lines = [`${counted(imported.rows)} rows of ${counted(detection.members)} accounts.`];
  for (const { file, remarks } of files) if (remarks.length > 0) lines.push(`${file}: ${remarks.join('; ')}`);
  if (imported.robots > 0) lines.push(`${counted(imported.robots)} lines of robots that say so left out.`);
  if (imported.broken > 0) {
    const quotes = imported.examples.map((line) => `  ${where(line)}: ${line.why}: ${line.text}`);
    const noun = imported.broken === 1 ? 'broken line' : 'broken lines';
    lines.push(`${counted(imported.broken)} ${noun} left out, such as`, ...quotes);
  }
  if (detection.silent.length > 0) {
    const titles = detection.silent.map(({ title }) => title.toLowerCase());
    lines.push(`Not used, for want of columns: ${titles.join(', ')}.`);
  }
  lines.push(summary(detection));
  for (const ring of detection.rings) {
    const why = ring.reasons.slice(0, 3).map(reasonSentence);
    lines.push(`${ring.id}: ${counted(ring.accounts)} accounts; ${why.join('; ')}`);
  }
  for (const search of whoElse) {
    const answer =
      search.matches.length === 0 ? 'searched, nobody' : `${counted(search.matches.length)} accounts`;
    lines.push(
      `Who else did what ${search.ring} did: ${answer}, ${counted(search.nearMisses.length)} near misses.`,
    );
  }
  lines.push(...paths.map((path) => `Written: ${path}`));
  return `${lines.map(oneLine).join('\n')}\n`;
}

const counted = (value: number): string => value.toLocaleString('en-US');
