import { Readable } from 'node:stream';
import type { ImportSummary, MemberInput } from '@kith/protocol';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../postgres/database.ts';
import { phoneOf, putInTransaction, settingEntry } from '../members.ts';
import { lockMember, type MemberRow } from '../store.ts';
import { readTime } from '../times.ts';
import { type BadLine, badLine, type GoodLine, readLine, splitLines } from './lines.ts';
import { copyMembers, countExisting } from './store.ts';

/** Lines that are stored together or not at all. */
export const batchLines = 2_000;

/**
 * Imports members from NDJSON, a batch at a time: a batch with a broken line stores nothing of itself, names the line,
 * and the import goes on with the next. The answer is NDJSON too: `{line, code, detail}` for each broken line,
 * `{lines, imported, failed, skipped}` after each batch, and the same with `done` at the end. Reading waits for storing,
 * so memory stays at two batches however long the stream.
 */
export function importMembers(context: Context, input: NodeJS.ReadableStream): Readable {
  return Readable.from(answerLines(context, input as AsyncIterable<Buffer>), { objectMode: true });
}

type Sums = Omit<ImportSummary, 'done'>;

type Batch = readonly (GoodLine | BadLine)[];

async function* answerLines(context: Context, input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const sums: Sums = { lines: 0, imported: 0, failed: 0, skipped: 0 };
  // While the database stores one batch, the next is read and worked out.
  let storing: Promise<string[]> = Promise.resolve([]);
  const settled = () => {
    const told = storing;
    storing = Promise.resolve([]);
    return told;
  };
  try {
    for await (const batch of batches(input)) {
      const prepared = prepare(context, batch);
      yield* await settled();
      storing = store(context, prepared).then((bad) => account(sums, batch.length, bad));
      // Whoever reads the answer may leave before this is awaited.
      storing.catch(() => undefined);
    }
    yield* await settled();
    yield json({ done: true, ...sums });
  } catch (error) {
    // What was under way when the input broke off is stored or not; the answer says which.
    yield* await settled().catch(() => []);
    // The answer has begun, so the error can only be its last line: `done` is missing, and the sums say what is stored.
    const { code = 'internal', message = '' } = error as { code?: string; message?: string };
    yield json({ ...sums, code, detail: code === 'internal' ? 'Something went wrong on our side' : message });
  }
}

async function* batches(input: AsyncIterable<Buffer>): AsyncGenerator<Batch> {
  let batch: (GoodLine | BadLine)[] = [];
  for await (const line of splitLines(input)) {
    batch.push(readLine(line));
    if (batch.length < batchLines) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What the answer says of a batch. */
function account(sums: Sums, lines: number, bad: readonly BadLine[]): string[] {
  sums.lines += lines;
  sums.failed += bad.length;
  if (bad.length > 0) sums.skipped += lines - bad.length;
  else sums.imported += lines;
  return [...bad, sums].map(json);
}

const json = (value: object) => `${JSON.stringify(value)}\n`;

/** A batch ready to be stored, or what is wrong with it. */
interface Prepared {
  good: readonly GoodLine[];
  rows: readonly MemberRow[];
  bad: BadLine[];
}

function prepare(context: Context, batch: Batch): Prepared {
  const bad = batch.filter((line) => 'code' in line);
  const good = batch as readonly GoodLine[];
  return bad.length > 0 ? { good: [], rows: [], bad } : { good, ...rowsOf(context, good) };
}

/** Stores a batch and returns its broken lines; where there are any, nothing was stored. */
async function store(context: Context, { good, rows, bad }: Prepared): Promise<BadLine[]> {
  if (bad.length > 0) return bad;
  if (await storeNew(context, rows)) return [];
  return storeOneByOne(context, good);
}

function rowsOf(context: Context, lines: readonly GoodLine[]): { rows: MemberRow[]; bad: BadLine[] } {
  const now = new Date(context.now());
  const rows: MemberRow[] = [];
  const bad: BadLine[] = [];
  for (const { line, member } of lines) {
    try {
      rows.push(newRow(context, member.id, member, now));
    } catch (error) {
      bad.push(badLine(line, error));
    }
  }
  return { rows, bad };
}

function newRow(context: Context, memberId: string, input: MemberInput, now: Date): MemberRow {
  return {
    memberId,
    ...phoneOf(context, memberId, input, undefined, now),
    discoverable: input.discoverable ?? 'nobody',
    card: input.card,
    canary: input.canary ?? false,
    createdAt: readTime(input.createdAt, '/createdAt') ?? now,
    updatedAt: now,
    suspendedAt: null,
    revealAt: null,
    waitingAt: null,
    waitingScopes: null,
    ringId: null,
  };
}

const uniqueViolation = '23505';

/** The fast way, for members and numbers never seen before: COPY. Returns false where any was seen, having done nothing. */
async function storeNew(context: Context, rows: readonly MemberRow[]): Promise<boolean> {
  const ids = new Set(rows.map((row) => row.memberId));
  const tags = rows.flatMap((row) => (row.phoneTag ? [row.phoneTag] : []));
  const distinctTags = new Set(tags.map((tag) => tag.toString('latin1')));
  if (ids.size < rows.length || distinctTags.size < tags.length) return false;
  try {
    return await context.database.transaction(async (tx) => {
      if ((await countExisting(tx, [...ids], tags)) > 0) return false;
      await copyMembers(tx, rows);
      const now = context.now();
      await context.ledger.append(
        tx,
        rows.map((row) => settingEntry(row, now)),
        now,
      );
      return true;
    });
  } catch (error) {
    // Somebody stored one of them in between; the slow way sorts it out.
    if ((error as { code?: string }).code === uniqueViolation) return false;
    throw error;
  }
}

class BatchFailed extends Error {
  readonly bad: BadLine;

  constructor(bad: BadLine) {
    super('batch failed');
    this.bad = bad;
  }
}

async function storeOneByOne(context: Context, lines: readonly GoodLine[]): Promise<BadLine[]> {
  try {
    await context.database.transaction(async (tx) => {
      for (const line of lines) await storeOne(tx, context, line);
    });
    return [];
  } catch (error) {
    if (error instanceof BatchFailed) return [error.bad];
    throw error;
  }
}

async function storeOne(tx: Transaction, context: Context, { line, member }: GoodLine): Promise<void> {
  const { id, ...input } = member;
  try {
    await putInTransaction(tx, context, id, input, await lockMember(tx, id, 'change'));
  } catch (error) {
    throw new BatchFailed(badLine(line, error));
  }
}
