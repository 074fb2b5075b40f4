import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { WatchError } from '../errors.ts';
import { combinedColumns, combinedRow, combinedVirtual, isCombined } from './combined.ts';
import { splitCsv } from './csv.ts';
import type { LogColumn } from './fields.ts';
import { type Compression, type Encoding, unpack } from './prepare.ts';

/** How a log is written. */
export type LogFormat = 'ndjson' | 'csv' | 'parquet' | 'combined';

export interface Sniffed {
  format: LogFormat;
  compression: Compression;
  /** Names of the columns, nested ones with dots, and a few values of each. Empty for Parquet, which the engine describes. */
  columns: LogColumn[];
  /** For CSV. */
  delimiter: ',' | ';' | '\t' | '|';
}

/** What a file begins with, before anything is known of its lines. */
export interface Head {
  compression: Compression;
  encoding: Encoding;
  isParquet: boolean;
  /** Unpacked; at least one line where there is one of at most 32 MB. */
  text: Buffer;
}

const sampleBytes = 256 * 1024;
/** A first line may be long; a longer one than this is no line. */
const sampleBytesMax = 32 * 1024 * 1024;
const headerBytesMax = 1024 * 1024;
const linesMax = 200;

/**
 * Reads the beginning of a file.
 *
 * @returns undefined where there is nothing in it.
 * @throws WatchError `log_unreadable` where it cannot be read or unpacked.
 */
export async function readHead(path: string, name: string): Promise<Head | undefined> {
  let head = await readBytes(path, name, sampleBytes);
  if (head.length === 0) return undefined;
  if (head.subarray(0, 4).toString('latin1') === 'PAR1')
    return { compression: 'none', encoding: 'utf-8', isParquet: true, text: Buffer.alloc(0) };
  const compression = compressionOf(head, name);
  let text = await unpackHead(head, compression, sampleBytes);
  if (!text.includes(10) && text.length > 0) {
    head = await readBytes(path, name, sampleBytesMax);
    text = await unpackHead(head, compression, sampleBytesMax);
  }
  if (text.length === 0) {
    if (compression === 'none' || (await isEmptyInside(head, compression))) return undefined;
    throw unreadable(name, 'cannot be unpacked: the compressed data is damaged from its beginning');
  }
  return { compression, encoding: encodingOf(text), isParquet: false, text };
}

/**
 * Judges how a log is written by its first lines.
 *
 * @throws WatchError `log_unreadable` where it is no log that we know.
 */
export function sniff(head: Head, name: string): Sniffed {
  if (head.isParquet) return { format: 'parquet', compression: 'none', delimiter: ',', columns: [] };
  const { compression } = head;
  const lines = firstLines(head.text);
  const objects = lines.map(parseObject).filter((object) => object !== undefined);
  if (objects.length > 0)
    return { compression, format: 'ndjson', delimiter: ',', columns: jsonColumns(objects) };
  if (lines.some(isCombined))
    return { compression, format: 'combined', delimiter: ',', columns: accessColumns(lines) };
  return { compression, format: 'csv', ...judgeTable(lines, name) };
}

function judgeTable(lines: readonly string[], name: string): Pick<Sniffed, 'delimiter' | 'columns'> {
  const first = lines[0] ?? '';
  if (/^\s*\[(\s*\{|\s*$)/.test(first))
    throw unreadable(name, 'is a JSON array; write its objects one a line (jq -c ".[]" does)');
  if (first.length > headerBytesMax)
    throw unreadable(name, 'begins with a line of more than 1 MB, and is no JSON');
  const delimiter = delimiterOf(first);
  if (!delimiter || hasControls(first)) {
    throw unreadable(name, 'is neither JSON lines, CSV with a header, Parquet nor an access log');
  }
  const rows = lines.slice(1, linesMax).map((line) => splitCsv(line, delimiter));
  const columns = splitCsv(first, delimiter).map((column, i) => ({
    name: column,
    samples: samplesOf(rows.map((row) => row[i])),
  }));
  return { delimiter, columns };
}

export function unreadable(name: string, why: string): WatchError {
  return new WatchError('log_unreadable', `${name} ${why}`);
}

async function readBytes(path: string, name: string, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(path);
    try {
      const buffer = Buffer.alloc(Math.min(bytes, (await handle.stat()).size));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const known: Record<string, string> = {
      ENOENT: 'does not exist',
      EACCES: 'may not be read by you',
      EPERM: 'may not be read by you',
      EISDIR: 'is a folder',
      ENOTDIR: 'does not exist: a part of the path is no folder',
    };
    throw new WatchError('log_unreadable', `${name} ${known[code ?? ''] ?? `cannot be read (${code})`}`, {
      cause,
    });
  }
}

const magics: readonly (readonly [string, readonly number[]])[] = [
  ['gz', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

function compressionOf(head: Buffer, name: string): Compression {
  const found = magics.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];
  if (found === undefined) return 'none';
  if (found === 'gz' || found === 'zstd') return found;
  throw unreadable(name, `is packed with ${found}; plain text, gzip and zstd are read`);
}

async function unpackHead(head: Buffer, compression: Compression, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of unpack(Readable.from([head]), compression)) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= bytes) break;
    }
  } catch {
    // The head of a compressed file ends in the middle: what came before is enough.
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

async function isEmptyInside(head: Buffer, compression: Compression): Promise<boolean> {
  try {
    for await (const chunk of unpack(Readable.from([head]), compression))
      if ((chunk as Buffer).length) return false;
    return true;
  } catch {
    return false;
  }
}

/** By its mark, or by the zero bytes that every other byte of western text is. */
function encodingOf(text: Buffer): Encoding {
  const mark = text.length > 1 ? text.readUInt16BE(0) : 0;
  if (mark === 0xfffe) return 'utf-16le';
  if (mark === 0xfeff) return 'utf-16be';
  const some = text.subarray(0, 512 & ~1);
  const zeros = [0, 0];
  for (let i = 0; i < some.length; i++) if (some[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > some.length * 0.4 && even === 0) return 'utf-16le';
  return even > some.length * 0.4 && odd === 0 ? 'utf-16be' : 'utf-8';
}

function firstLines(text: Buffer): string[] {
  // One character a byte, so that lines can be told before it is known how each is written.
  const lines = text.toString('latin1').split('\n');
  // The sample ends in the middle of a line.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return whole
    .filter((line) => line.trim() !== '')
    .slice(0, linesMax)
    .map((line) => decoded(Buffer.from(line, 'latin1')).replace(/^\ufeff|\r$/g, ''));
}

/** UTF-8, or else what Windows and old tables write. */
function decoded(line: Buffer): string {
  return isUtf8(line) ? line.toString('utf8') : new TextDecoder('windows-1252').decode(line);
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

const columnsMax = 20_000;
const depthMax = 4;
const samplesMax = 50;

interface JsonColumn {
  path: readonly string[];
  values: unknown[];
}

function jsonColumns(objects: readonly Record<string, unknown>[]): LogColumn[] {
  const columns = new Map<string, JsonColumn>();
  // An object of a million names must not take the place of all others.
  const sized = objects.map((object) => ({ object, size: Object.keys(object).length }));
  for (const { object } of sized.sort((a, b) => a.size - b.size)) collect(object, [], columns);
  return [...columns].map(([name, { path, values }]) => ({ name, path, samples: samplesOf(values) }));
}

function collect(
  value: Record<string, unknown>,
  outer: readonly string[],
  columns: Map<string, JsonColumn>,
): void {
  for (const name of Object.keys(value)) {
    if (columns.size >= columnsMax) return;
    const inner = value[name];
    const path = [...outer, name];
    const isNested = inner !== null && typeof inner === 'object' && !Array.isArray(inner);
    if (isNested && path.length < depthMax) {
      collect(inner as Record<string, unknown>, path, columns);
      continue;
    }
    const column = columns.get(path.join('.')) ?? { path, values: [] };
    columns.set(path.join('.'), column);
    column.values.push(inner);
  }
}

function accessColumns(lines: readonly string[]): LogColumn[] {
  const rows = lines.map(combinedRow).filter((row) => row !== undefined);
  const column = (name: string, value: (row: Record<string, string>) => string | undefined): LogColumn => ({
    name,
    samples: samplesOf(rows.map(value)),
  });
  return [
    ...combinedColumns.map((name) => column(name, (row) => row[name])),
    ...combinedVirtual(rows).map(({ name, values }) => ({ name, samples: samplesOf(values) })),
  ];
}

function samplesOf(values: readonly unknown[]): string[] {
  return values
    .filter((value) => value !== null && value !== undefined && value !== '' && value !== '-')
    .slice(0, samplesMax)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 1_000));
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
    if (code < 9 || (code > 13 && code < 32) || (code > 126 && code < 160)) return true;
  }
  return false;
}
