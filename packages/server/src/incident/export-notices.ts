import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseHost } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { type Notice, type NoticeOptions, nextNotices, noticeHtml } from './notices/notices.ts';
import type { RunRow } from './store.ts';

const noticesInPartDefault = 10_000;
/** Notices that are in memory together, about three kilobytes each. */
const noticesAtOnce = 500;
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

type Run = Pick<RunRow, 'caseId' | 'run'>;

/**
 * Writes notices part by part, each part in one file a language. A part counts when `progress.json` says so: what a crash
 * left of an unfinished part is written again, byte for byte, so nothing is lost and nothing is there twice.
 */
export async function exportNotices(
  context: Context,
  run: Run,
  folder: string,
  given: NoticeExport,
): Promise<Progress> {
  await mkdir(folder, { recursive: true });
  let progress = await begin(folder, given.stamp);
  while (!progress.complete && !given.stop?.aborted) {
    progress = await writePart(context, run, folder, progress, given);
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
  context: Context,
  run: Run,
  folder: string,
  progress: Progress,
  given: NoticeExport,
): Promise<Progress> {
  const { host, language, noticesInPart = noticesInPartDefault } = given;
  const part = `part-${String(progress.parts + 1).padStart(6, '0')}`;
  const writer = new PartWriter(folder, part, given.each === true);
  let { after } = progress;
  let complete = false;
  try {
    while (!complete && writer.written < noticesInPart) {
      const limit = Math.min(noticesAtOnce, noticesInPart - writer.written);
      const page = await nextNotices(context, run, { host, ...(language && { language }), after, limit });
      await writer.add(page);
      after = page.at(-1)?.member ?? after;
      complete = page.length < limit;
    }
  } finally {
    await writer.close();
  }
  const files = [...progress.files, ...(await writer.publish())];
  const parts = progress.parts + (writer.written > 0 ? 1 : 0);
  return { ...progress, after, parts, written: progress.written + writer.written, files, complete };
}

/** The files of one part, under other names until all of it is written. */
class PartWriter {
  written = 0;
  readonly #folder: string;
  readonly #part: string;
  readonly #each: boolean;
  readonly #open = new Map<string, { file: FileHandle; bytes: number }>();

  constructor(folder: string, part: string, each: boolean) {
    this.#folder = folder;
    this.#part = part;
    this.#each = each;
  }

  async add(page: readonly Notice[]): Promise<void> {
    for (const [language, notices] of Map.groupBy(page, (notice) => notice.language)) {
      const text = Buffer.from(notices.map((notice) => `${JSON.stringify(notice)}\n`).join(''));
      const held = this.#open.get(language) ?? { file: await open(this.#path(language), 'w'), bytes: 0 };
      this.#open.set(language, { file: held.file, bytes: held.bytes + text.length });
      await writeFile(held.file, text);
    }
    if (this.#each && page.length > 0)
      await writeEach(join(this.#folder, 'each', this.#part), page, this.written === 0);
    this.written += page.length;
  }

  async close(): Promise<void> {
    for (const { file } of this.#open.values()) {
      await file.sync();
      await file.close();
    }
  }

  async publish(): Promise<{ name: string; bytes: number }[]> {
    const files: { name: string; bytes: number }[] = [];
    for (const [language, { bytes }] of this.#open) {
      const name = `${this.#part}.${language}.ndjson`;
      await rename(this.#path(language), join(this.#folder, name));
      files.push({ name, bytes });
    }
    return files;
  }

  #path(language: string): string {
    return join(this.#folder, `${this.#part}.${language}.ndjson.part`);
  }
}

/** A page a member. An id may hold what no file name may: its hash stands for it, and an index says whose it is. */
async function writeEach(folder: string, page: readonly Notice[], first: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const index: string[] = [];
  for (const notice of page) {
    const name = `${createHash('sha256').update(notice.member).digest('hex').slice(0, 24)}.html`;
    await writeFile(join(folder, name), noticeHtml(notice));
    index.push(`${JSON.stringify({ member: notice.member, file: name })}\n`);
  }
  await writeFile(join(folder, 'index.ndjson'), index.join(''), { flag: first ? 'w' : 'a' });
}
