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

/** Cuts a stream of bytes into its non-empty lines, numbered from 1. Memory: one chunk and one line. */
export async function* splitLines(
  input: AsyncIterable<Buffer>,
): AsyncGenerator<{ line: number; text: string }> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  for await (const chunk of input) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      line += 1;
      const text = bytes.toString('utf8', start, end).trim();
      if (text) yield { line, text };
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > lineBytesMax) {
      throw new Problem('body_invalid', `Line ${line + 1} is longer than ${lineBytesMax} bytes`, {
        at: `${line + 1}`,
      });
    }
  }
  const text = rest.toString('utf8').trim();
  if (text) yield { line: line + 1, text };
}

/** Reads one line; what is wrong with it is told without repeating it, since it may hold a number. */
export function readLine({ line, text }: { line: number; text: string }): GoodLine | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    return {
      line,
      ...(position && { column: Number(position) + 1 }),
      code: 'body_invalid',
      detail: 'not a JSON document',
    };
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
