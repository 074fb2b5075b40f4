import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { WatchError } from '../errors.ts';
import { splitCsv } from './csv.ts';

/** How a log is written. */
export type LogFormat = 'ndjson' | 'csv' | 'parquet' | 'combined';

export interface Sniffed {
  format: LogFormat;
  /** As the engine names it. */
  compression: 'none' | 'gz' | 'zstd';
  /** Names of the columns; nested ones with dots. Empty for Parquet, which the engine describes. */
  columns: string[];
  /** For CSV. */
  delimiter: ',' | ';' | '\t' | '|';
}

const sampleBytes = 256 * 1024;
const headerBytesMax = 64 * 1024;

/** Apache's and nginx's "combined" form, and the "common" one, which lacks the last two fields. */
export const combinedPattern =
  '^(\\S+) \\S+ (\\S+) \\[([^\\]]+)\\] "((?:[^"\\\\]|\\\\.)*)" (\\d{3}) (\\S+)(?: "([^"]*)" "([^"]*)")?';
export const combinedColumns = ['ip', 'user', 'time', 'request', 'status', 'bytes', 'referer', 'user_agent'];

/**
 * Looks at the beginning of a log and says how it is written.
 *
 * @throws WatchError `log_unreadable` where the file cannot be read, or is no log that we know.
 */
export async function sniff(file: string): Promise<Sniffed> {
  const head = await readHead(file);
  if (head.length === 0) throw new WatchError('log_unreadable', `${file} is empty`);
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
    return { format: 'parquet', compression: 'none', delimiter: ',', columns: [] };
  }
  const compression = compressionOf(head, file);
  const sample = await decompressHead(head, compression, file);
  return { compression, ...judgeText(sample, file) };
}

function judgeText(sample: Buffer, file: string): Omit<Sniffed, 'compression'> {
  const order = sample.readUInt16BE(0);
  if (order === 0xfffe || order === 0xfeff) throw unreadable(file, 'is UTF-16; convert it to UTF-8');
  const lines = sample
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  // The sample ends in the middle of a line.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  const objects = whole.map(parseObject).filter((object) => object !== undefined);
  if (objects.length > 0) return { format: 'ndjson', delimiter: ',', columns: jsonColumns(objects) };
  const combined = new RegExp(combinedPattern);
  if (whole.some((line) => combined.test(line))) {
    return { format: 'combined', delimiter: ',', columns: combinedColumns };
  }
  const first = lines[0] ?? '';
  if (first.length > headerBytesMax)
    throw unreadable(file, 'begins with a line of more than 64 KB, and is no JSON');
  const delimiter = delimiterOf(first);
  if (!delimiter || hasControls(first)) {
    throw unreadable(file, 'is neither JSON lines, CSV with a header, Parquet nor an access log');
  }
  return { format: 'csv', delimiter, columns: splitCsv(first.trimEnd(), delimiter) };
}

function unreadable(file: string, why: string): WatchError {
  return new WatchError('log_unreadable', `${file} ${why}`);
}

async function readHead(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const buffer = Buffer.alloc(sampleBytes);
      const { bytesRead } = await handle.read(buffer, 0, sampleBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const known: Record<string, string> = { ENOENT: 'does not exist', EISDIR: 'is a folder' };
    const why = known[code ?? ''] ?? `cannot be read (${code})`;
    throw new WatchError('log_unreadable', `${file} ${why}`, { cause });
  }
}

const magics: readonly (readonly [string, readonly number[]])[] = [
  ['gz', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

function compressionOf(head: Buffer, file: string): Sniffed['compression'] {
  const name = magics.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];
  if (name === undefined) return 'none';
  if (name === 'gz' || name === 'zstd') return name;
  throw unreadable(file, `is compressed with ${name}; plain text, gzip and zstd are read`);
}

async function decompressHead(
  head: Buffer,
  compression: Sniffed['compression'],
  file: string,
): Promise<Buffer> {
  if (compression === 'none') return head;
  const stream = Readable.from([head]).pipe(compression === 'gz' ? createGunzip() : createZstdDecompress());
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= sampleBytes) break;
    }
  } catch {
    // The head of a compressed file ends in the middle: what came before is enough.
  }
  if (size < 2) throw unreadable(file, 'cannot be decompressed');
  return Buffer.concat(chunks).subarray(0, sampleBytes);
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

const columnsMax = 2_000;
const depthMax = 4;

function jsonColumns(objects: readonly Record<string, unknown>[]): string[] {
  const columns = new Set<string>();
  for (const object of objects.slice(0, 200)) collect(object, [], columns);
  return [...columns];
}

function collect(value: Record<string, unknown>, path: readonly string[], columns: Set<string>): void {
  for (const [name, inner] of Object.entries(value)) {
    if (columns.size >= columnsMax) return;
    const here = [...path, name];
    const isNested = inner !== null && typeof inner === 'object' && !Array.isArray(inner);
    if (isNested && here.length < depthMax) collect(inner as Record<string, unknown>, here, columns);
    else columns.add(here.join('.'));
  }
}

function delimiterOf(line: string): Sniffed['delimiter'] | undefined {
  const counts = ([',', ';', '\t', '|'] as const).map((delimiter) => ({
    delimiter,
    count: line.split(delimiter).length - 1,
  }));
  const best = counts.toSorted((a, b) => b.count - a.count)[0];
  return best && best.count > 0 ? best.delimiter : undefined;
}

function hasControls(line: string): boolean {
  for (const char of line) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd) return true;
  }
  return false;
}
