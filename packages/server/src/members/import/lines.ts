import { isUtf8 } from 'node:buffer';
import { MemberLine, Problem, type ProblemCode } from '@kith/protocol';
import { Compile } from 'typebox/compile';
import { firstMistake } from '../../mistakes.ts';
import { checkMemberId } from '../member-id.ts';

const validator = Compile(MemberLine);

/** No member needs more; a file that is not NDJSON at all is one endless line. */
const lineBytesMax = 64 * 1024;

export interface GoodLine {
  line: number;
  member: MemberLine;
}

export interface BadLine {
  line: number;
  column?: number;
  code: ProblemCode;
  detail: string;
}

/** A line as it came: its text, or why it has none. */
type Line = { line: number; text: string } | BadLine;

/** Cuts a stream of bytes into its non-empty lines, numbered from 1. Memory: one chunk and one line. */
export async function* splitLines(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  let skipping = false;
  for await (const chunk of input) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      line += 1;
      yield* skipping ? [tooLong(line)] : asLine(line, bytes.subarray(start, end));
      skipping = false;
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > lineBytesMax) skipping = true;
    // Of a line that is refused anyway nothing is kept.
    if (skipping) rest = Buffer.alloc(0);
  }
  yield* skipping ? [tooLong(line + 1)] : asLine(line + 1, rest);
}

function asLine(line: number, bytes: Buffer): Line[] {
  if (bytes.length > lineBytesMax) return [tooLong(line)];
  if (!isUtf8(bytes)) return [{ line, code: 'body_invalid', detail: 'not UTF-8' }];
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  return text.trim() ? [{ line, text }] : [];
}

function tooLong(line: number): BadLine {
  return { line, code: 'body_invalid', detail: `longer than ${lineBytesMax} bytes` };
}

/** Reads one line; what is wrong with it is told without repeating it, since it may hold a number. */
export function readLine(given: Line): GoodLine | BadLine {
  if ('code' in given) return given;
  const { line, text } = given;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, column: mistakeIn(text), code: 'body_invalid', detail: 'not a JSON document' };
  }
  if (!validator.Check(value)) {
    return { line, code: 'body_invalid', detail: firstMistake(validator.Errors(value)).detail };
  }
  try {
    checkMemberId(value.id);
  } catch (error) {
    return badLine(line, error);
  }
  return { line, member: value };
}

/** @throws whatever is not about the line */
export function badLine(line: number, error: unknown): BadLine {
  if (error instanceof Problem && error.status < 500)
    return { line, code: error.code, detail: error.message };
  throw error;
}

/**
 * The column, from 1, of the first character that makes a text no JSON document. V8 names the place of some mistakes only,
 * so this looks for the shortest prefix that is wrong already: 17 attempts for the longest line.
 */
export function mistakeIn(text: string): number {
  let right = 0;
  let wrong = text.length + 1;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (isBeginning(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  return wrong;
}

/** Whether a text is a JSON document, or could become one by going on. */
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const place = /at position (\d+)/.exec(message)?.[1];
    return place === undefined ? message.includes('end of JSON input') : Number(place) >= text.length;
  }
}
