import type { Engine } from '../engine/index.ts';
import type { LogFile } from './import.ts';
import { robotReason } from './import-sql.ts';
import { linesOf } from './source.ts';

/** A line that is no event, as it stands (or begins) in its file. */
export interface BrokenLine {
  file: string;
  /** Counted from 1; absent where the format has no lines. */
  line?: number;
  why: string;
  /** At most 160 characters; digits that may be a number are masked, and what no screen should be sent is escaped. */
  text: string;
}

export interface BrokenLines {
  broken: number;
  /** Lines by software that calls itself a robot, where addresses stand for accounts. */
  robots: number;
  /** How many lines were broken for which reason. */
  reasons: { why: string; count: number }[];
  /** The first few, for the reader. */
  examples: BrokenLine[];
}

/** One for each reason in each file, so that none hides the others. */
const examplesMax = 5;
const quoteLength = 160;

export function where({ file, line }: BrokenLine): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Counts the lines that were set aside, and quotes a few. */
export async function readBroken(
  engine: Engine,
  database: string,
  files: readonly LogFile[],
): Promise<BrokenLines> {
  const found = await engine.query<{ why: string; count: number }>(
    `SELECT toString(b.why) AS why, count() AS count FROM ${database}.broken AS b GROUP BY why ORDER BY count DESC, why`,
  );
  const reasons = found.filter(({ why }) => why !== robotReason);
  const broken = reasons.reduce((sum, { count }) => sum + count, 0);
  const robots = found.find(({ why }) => why === robotReason)?.count ?? 0;
  return {
    broken,
    robots,
    reasons,
    examples: broken === 0 ? [] : await quoteBroken(engine, database, files),
  };
}

async function quoteBroken(
  engine: Engine,
  database: string,
  files: readonly LogFile[],
): Promise<BrokenLine[]> {
  const rows = await engine.query<{ file: number; why: string; raw: string; hash: string }>(
    `SELECT file, toString(why) AS why, raw, toString(hash) AS hash FROM ${database}.broken AS b WHERE b.why != '${robotReason}' ORDER BY file, why, hash LIMIT 1 BY why, file LIMIT ${examplesMax}`,
  );
  const examples: BrokenLine[] = [];
  for (const { file, why, raw, hash } of rows) {
    const log = files[file];
    if (!log) continue;
    const hasLines = log.sniffed.format === 'ndjson' || log.sniffed.format === 'combined';
    const line = hasLines ? await lineOf(engine, log, hash) : undefined;
    examples.push({ file: log.name, why, text: quotable(raw), ...(line === undefined ? {} : { line }) });
  }
  return examples;
}

/** Where a line stands in its file: it is read again, in order, until the line is found. */
async function lineOf(engine: Engine, log: LogFile, hash: string): Promise<number | undefined> {
  const rows = await engine
    .query<{ place: number }>(
      `SELECT place FROM (
         SELECT rowNumberInAllBlocks() + 1 AS place, line FROM ${linesOf(log.path, log.sniffed.compression)}
       ) WHERE cityHash64(line) = toUInt64({hash:String}) LIMIT 1
       SETTINGS max_threads = 1, input_format_parallel_parsing = 0`,
      { hash },
    )
    .catch(() => []);
  return rows[0]?.place;
}

/** A report travels further than the log: what may be somebody's number stays behind. */
function quotable(raw: string): string {
  const masked = raw.replaceAll(/\d(?:[ ().-]?\d){6,}/g, '…');
  const visible = masked.replaceAll(
    /[\p{Cc}\p{Cf}\ufffd]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return visible.length > quoteLength ? `${visible.slice(0, quoteLength - 1)}…` : visible;
}
