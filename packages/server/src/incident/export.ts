import { createHash } from 'node:crypto';
import { mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figures } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { exportNotices } from './export-notices.ts';
import { exposedMembers, protectedMembers } from './lists.ts';
import type { NoticeOptions } from './notices/notices.ts';
import { outputs } from './outputs/outputs.ts';
import { openSource } from './outputs/source.ts';

export interface ExportOptions extends NoticeOptions {
  /** A page for each member beside the lists of notices. */
  each?: boolean;
  /** Notices that are written, and can be lost, together. */
  noticesInPart?: number;
  onProgress?: (done: number, total: number) => void;
  /** Stops after the piece under way; the same export later goes on from there. */
  stop?: AbortSignal;
}

export interface ExportedFile {
  name: string;
  bytes: number;
}

export interface Exported {
  figures: Figures;
  files: ExportedFile[];
  notices: number;
  /** False where it was stopped. */
  complete: boolean;
}

/**
 * Writes everything that is made of a case into a folder. A file appears whole or not at all; notices, of which there may
 * be millions, in parts of ten thousand, and an export that was interrupted goes on with the part it was at.
 *
 * @throws Problem `case_unknown`, `case_not_computed`
 */
export async function exportIncident(
  context: Context,
  caseId: string,
  folder: string,
  options: ExportOptions = {},
): Promise<Exported> {
  await mkdir(folder, { recursive: true });
  const source = await openSource(context, caseId);
  const { figures, host } = source.document;
  const files: ExportedFile[] = [];
  for (const output of outputs) files.push(await writeFileWhole(folder, output.name, output.write(source)));
  files.push(await writeFileWhole(folder, 'exposed.ndjson', lines(exposedMembers(context, source.run))));
  files.push(await writeFileWhole(folder, 'protected.ndjson', lines(protectedMembers(context, source.run))));
  const notices = await exportNotices(context, source.run, join(folder, 'notices'), {
    ...options,
    host,
    stamp: stampOf(figures, host, options),
    total: figures.notices.total,
  });
  files.push(await writeFileWhole(folder, 'figures.json', [`${JSON.stringify(figures, null, 2)}\n`]));
  return {
    figures,
    files: [...files, ...notices.files.map((file) => ({ ...file, name: `notices/${file.name}` }))],
    notices: notices.written,
    complete: notices.complete,
  };
}

/** What the notices of an export are made of: parts written from anything else are not gone on with. */
function stampOf(figures: Figures, host: object, { language, each, noticesInPart }: ExportOptions): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        figures.case,
        figures.computedAt,
        host,
        language ?? '',
        each ?? false,
        noticesInPart ?? 0,
      ]),
    )
    .digest('hex');
}

async function* lines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

const bufferBytes = 64 * 1024;

/** Writes under another name first: whoever looks meanwhile sees the file of before, or none. */
export async function writeFileWhole(
  folder: string,
  name: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<ExportedFile> {
  const path = join(folder, name);
  const part = `${path}.part`;
  const file = await open(part, 'w');
  try {
    let held: Buffer[] = [];
    let size = 0;
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece as string);
      held.push(bytes);
      size += bytes.length;
      if (size < bufferBytes) continue;
      await writeFile(file, Buffer.concat(held));
      [held, size] = [[], 0];
    }
    await writeFile(file, Buffer.concat(held));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  return { name, bytes: (await stat(path)).size };
}
