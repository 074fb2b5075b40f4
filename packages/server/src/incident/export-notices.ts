import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseHost } from '../cases/store.ts';
import type { Context } from '../context.ts';
import { type Notice, type NoticeOptions, nextNotices, noticeHtml } from './notices/notices.ts';
import type { RunRow } from './store.ts';

/** Notices of one part; they are in memory together, about a kilobyte each. */
const noticesInPartDefault = 10_000;
const progressFile = 'progress.json';

interface Progress {
  /** Of what the notices are made. */
  stamp: string;
  /** The last member who has a notice. */
  after: string;
  parts: number;
  written: number;
  files: { name: string; bytes: number }[];
  complete: boolean;
}

export interface NoticeExport extends NoticeOptions {
  host: CaseHost;
  stamp: string;
  total: number;
  each?: boolean;
  noticesInPart?: number;
  onProgress?: (done: number, total: number) => void;
  stop?: AbortSignal;
}

/**
 * Writes notices part by part, each part in one file a language. A part counts when `progress.json` says so: what a crash
 * left of an unfinished part is written again, byte for byte, so nothing is lost and nothing is there twice.
 */
export async function exportNotices(
  context: Context,
  run: Pick<RunRow, 'caseId' | 'run'>,
  folder: string,
  given: NoticeExport,
): Promise<Progress> {
  await mkdir(folder, { recursive: true });
  let progress = await begin(folder, given.stamp);
  while (!progress.complete && !given.stop?.aborted) {
    const { host, language, noticesInPart: limit = noticesInPartDefault } = given;
    const page = await nextNotices(context, run, {
      host,
      ...(language && { language }),
      after: progress.after,
      limit,
    });
    progress = await writePart(folder, progress, page, given.each === true);
    progress.complete = page.length < limit;
    await writeProgress(folder, progress);
    given.onProgress?.(progress.written, given.total);
  }
  return progress;
}

/** Goes on with what is there, if it was made of the same; anything else of an export's own is removed. */
async function begin(folder: string, stamp: string): Promise<Progress> {
  const held = await readProgress(folder);
  if (held?.stamp === stamp) return held;
  for (const name of await readdir(folder)) {
    if (/^(part-\d{6}\..*|progress\.json(\.part)?|each)$/.test(name))
      await rm(join(folder, name), { recursive: true });
  }
  return { stamp, after: '', parts: 0, written: 0, files: [], complete: false };
}

async function readProgress(folder: string): Promise<Progress | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, progressFile), 'utf8')) as Progress;
  } catch {
    return undefined;
  }
}

async function writeProgress(folder: string, progress: Progress): Promise<void> {
  const path = join(folder, progressFile);
  await writeFile(`${path}.part`, `${JSON.stringify(progress)}\n`, { flush: true });
  await rename(`${path}.part`, path);
}

async function writePart(
  folder: string,
  progress: Progress,
  page: readonly Notice[],
  each: boolean,
): Promise<Progress> {
  if (page.length === 0) return progress;
  const part = `part-${String(progress.parts + 1).padStart(6, '0')}`;
  const files = [...progress.files];
  for (const [language, notices] of Map.groupBy(page, (notice) => notice.language)) {
    const name = `${part}.${language}.ndjson`;
    const text = notices.map((notice) => `${JSON.stringify(notice)}\n`).join('');
    await writeFile(join(folder, name), text, { flush: true });
    files.push({ name, bytes: Buffer.byteLength(text) });
  }
  if (each) await writeEach(join(folder, 'each', part), page);
  return {
    ...progress,
    after: page.at(-1)!.member,
    parts: progress.parts + 1,
    written: progress.written + page.length,
    files,
  };
}

/** A page a member. An id may hold what no file name may: its hash stands for it, and an index says whose it is. */
async function writeEach(folder: string, page: readonly Notice[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const index: string[] = [];
  for (const notice of page) {
    const name = `${createHash('sha256').update(notice.member).digest('hex').slice(0, 24)}.html`;
    await writeFile(join(folder, name), noticeHtml(notice));
    index.push(`${JSON.stringify({ member: notice.member, file: name })}\n`);
  }
  await writeFile(join(folder, 'index.ndjson'), index.join(''));
}
