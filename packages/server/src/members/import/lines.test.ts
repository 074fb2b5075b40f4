import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BadLine, type GoodLine, mistakeIn, readLine, splitLines } from './lines.ts';

const card = { name: 'Ann', handle: 'ann' };

async function* chunks(...parts: (string | Buffer)[]) {
  for (const part of parts) yield Buffer.from(part as string);
}

async function read(...parts: (string | Buffer)[]): Promise<(GoodLine | BadLine)[]> {
  const lines = [];
  for await (const line of splitLines(chunks(...parts))) lines.push(readLine(line));
  return lines;
}

const lineOf = (id: string) => JSON.stringify({ id, card });
const good = (line: number, id: string) => ({ line, member: { id, card } });

describe('lines of a stream', () => {
  it('end in LF or CRLF, the last one in nothing, and empty ones count but say nothing', async () => {
    expect(await read(`${lineOf('a')}\n\r\n  \n${lineOf('b')}\r\n${lineOf('c')}`)).toEqual([
      good(1, 'a'),
      good(4, 'b'),
      good(5, 'c'),
    ]);
    expect(await read('')).toEqual([]);
    expect(await read('\n\n')).toEqual([]);
  });

  it('may begin with a byte order mark', async () => {
    expect(await read(`\ufeff${lineOf('a')}\n`)).toEqual([good(1, 'a')]);
  });

  it('are the same however the stream is cut', async () => {
    const text = Buffer.from(`${lineOf('é🦊')}\r\n\n{"broken\n${lineOf('b')}\n`);
    const whole = await read(text);
    expect(whole).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(text.length)), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const parts = places.slice(1).map((end, index) => text.subarray(places[index], end));
        expect(await read(...parts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('that are longer than any member needs are refused one by one, whole or in pieces', async () => {
    const long = lineOf('x'.repeat(1_000_000));
    const refused = { code: 'body_invalid', detail: 'longer than 65536 bytes' };
    const expected = [good(1, 'a'), { line: 2, ...refused }, good(3, 'b'), { line: 4, ...refused }];
    const text = Buffer.from([lineOf('a'), long, lineOf('b'), long].join('\n'));
    expect(await read(text)).toEqual(expected);
    const pieces = Array.from({ length: Math.ceil(text.length / 65_536) }, (_, index) =>
      text.subarray(index * 65_536, (index + 1) * 65_536),
    );
    expect(await read(...pieces)).toEqual(expected);
  });

  it('that are not UTF-8 are refused rather than stored as something else', async () => {
    const broken = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]);
    expect(await read(broken, lineOf('a'))).toEqual([
      { line: 1, code: 'body_invalid', detail: 'not UTF-8' },
      good(2, 'a'),
    ]);
  });

  it('never throw, whatever they hold, and never repeat it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        for (const line of await read(Buffer.from(bytes))) expect('code' in line).toBe(true);
      }),
    );
    const [line] = await read('{"id":"a","phone":"+12015550100","card":{"name":"secret"}}');
    expect(JSON.stringify(line)).not.toMatch(/5550100|secret/);
  });
});

describe('what is wrong with a line', () => {
  it.each([
    ['{"id":"a",}', 11],
    ['{"id":hello}', 7],
    ['{id:1}', 2],
    ['  x', 3],
    ['{"id":"a"', 10],
    ['{"id":"a', 9],
    ['{"a":1}{"b":2}', 8],
    ['{"a":tru3}', 9],
    ['["a" "b"]', 6],
    ['{"a":"\\x"}', 8],
    ['{"a":"tab\there"}', 10],
    ["{'a':1}", 2],
    ['[1,2', 5],
    ['-', 2],
    ['{"a":01}', 7],
  ])('is named by its column: %j at %i', async (text, column) => {
    expect(await read(text)).toEqual([
      { line: 1, column, code: 'body_invalid', detail: 'not a JSON document' },
    ]);
  });

  it('is found wherever it is: a stray character in any document', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 2 }), fc.nat(), (document, seed) => {
        const place = seed % (document.length + 1);
        const inString = (document.slice(0, place).replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;
        fc.pre(!inString);
        expect(mistakeIn(`${document.slice(0, place)}!${document.slice(place)}`)).toBe(place + 1);
      }),
    );
  });

  it.each([
    ['[]', '/ must be object'],
    ['{"card":{"name":"A","handle":"a"}}', '/ must have required properties id'],
    ['{"id":"a","card":{"name":"A"}}', '/card must have required properties handle'],
    ['{"id":"a","card":{"name":"A","handle":"a"},"colour":1}', '/colour is not a known field'],
    ['{"id":1,"card":{"name":"A","handle":"a"}}', '/id must be string'],
  ])('is told by the field: %s', async (text, detail) => {
    expect(await read(text)).toEqual([{ line: 1, code: 'body_invalid', detail }]);
  });

  it('is told of ids that no call could name', async () => {
    for (const id of ['', 'a\0b', 'a'.repeat(201)]) {
      expect(await read(lineOf(id))).toMatchObject([{ line: 1, code: 'member_id_invalid' }]);
    }
  });
});
