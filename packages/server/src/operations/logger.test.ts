import { Problem } from '@kith/protocol';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

const number = '+12015550123';

/** Ways in which people, programs and databases write this number. */
const written = [
  number,
  '12015550123',
  '2015550123',
  '(201) 555-0123',
  '201.555.0123',
  '201/555/0123',
  '+1 201 555 0123',
  '+1\u00a0201\u2011555\u20110123',
  '\u0662\u0660\u0661\u0665\u0665\u0665\u0660\u0661\u0662\u0663',
  '%2B12015550123',
  'tel:+1-201-555-0123',
];

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const log = createLogger('trace', { write: (line: string) => void lines.push(line) });
  write(log);
  return lines.join('');
}

/** What is left of a number's digits in a log, whatever the script. */
function digitsOf(text: string): string {
  return text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/\D/g, '');
}

class Custom {
  phone: string;
  constructor(phone: string) {
    this.phone = phone;
  }
}

describe.each(written)('a number written %s', (text) => {
  const places: [string, (log: ReturnType<typeof createLogger>) => void][] = [
    ['a message', (log) => log.info(`synced ${text} now`)],
    ['a message’s argument', (log) => log.info('synced %s now', text)],
    ['a message’s object', (log) => log.info('synced %o and %j', { text }, [text])],
    ['a field', (log) => log.warn({ text }, 'synced')],
    ['a field deep down', (log) => log.warn({ a: [{ b: { c: [text] } }] }, 'synced')],
    ['a name of a field', (log) => log.warn({ counts: { [text]: 1 } }, 'synced')],
    [
      'an object without a prototype',
      (log) => log.warn({ query: Object.assign(Object.create(null), { text }) }),
    ],
    ['an object of a class', (log) => log.warn({ row: new Custom(text) })],
    ['a map and a set', (log) => log.warn({ map: new Map([[text, text]]), set: new Set([text]) })],
    ['bytes', (log) => log.warn({ bytes: Buffer.from(text), plain: new TextEncoder().encode(text) })],
    [
      'something that says itself how it is written',
      (log) => log.warn({ url: new URL(`https://x/?q=${text}`) }),
    ],
    ['an error', (log) => log.error(new Error(`no such ${text}`))],
    ['an error in its field', (log) => log.error({ err: new Error(`no such ${text}`) })],
    ['an error with a message of ours', (log) => log.error({ err: new Error(text) }, 'failed')],
    ['an error under another name', (log) => log.error({ failure: new Error(`no such ${text}`) })],
    ['the cause of an error', (log) => log.error(new Error('failed', { cause: new Error(text) }))],
    ['many errors', (log) => log.error(new AggregateError([new Error(text)], 'failed'))],
    ['a problem', (log) => log.error(new Problem('internal', `no such ${text}`, { at: text }))],
    [
      'what PostgreSQL tells of a row',
      (log) =>
        log.error(
          Object.assign(new Error('duplicate key value'), {
            code: '23505',
            detail: `Key (phone)=(${text}) already exists.`,
            where: `COPY members, line 1: "${text}"`,
          }),
        ),
    ],
    ['a child’s own fields', (log) => log.child({ device: text }).info('synced')],
  ];

  it.each(places)('is not found in the log from %s', (_, write) => {
    const log = logged(write);
    expect(log).not.toBe('');
    expect(log).not.toContain(text);
    expect(digitsOf(log)).not.toContain('5550123');
  });
});

describe('the log', () => {
  it('holds no number that is a number', () => {
    const log = logged((to) => {
      to.info(
        { phone: 12_015_550_123, list: [12_015_550_123], big: 12_015_550_123n },
        'a %d',
        12_015_550_123,
      );
    });
    expect(log).not.toContain('5550123');
  });

  it.each([
    'kith_sk_0123456789ab_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIjKlMnOpQ',
    'Bearer abc.def-ghi',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl',
    'postgres://kith:hunter2secret@db:5432/kith',
  ])('holds no secret: %s', (secret) => {
    const log = logged((to) => {
      to.info(`got ${secret}`);
      to.info({ authorization: secret, deep: { headers: { authorization: secret } } }, 'got %s', secret);
      to.error(new Error(`refused ${secret}`));
    });
    expect(log).not.toContain(secret.slice(8, 40));
    expect(log).not.toContain('hunter2secret');
  });

  it('keeps what is of use: level, time, counts, codes, types and stacks', () => {
    const log = logged((to) =>
      to.error({ err: new Problem('database_unavailable'), worker: 'reveals', items: 42 }, 'failed'),
    );
    expect(JSON.parse(log)).toMatchObject({
      level: 50,
      time: expect.any(Number),
      worker: 'reveals',
      items: 42,
      msg: 'failed',
      err: {
        type: 'Problem',
        code: 'database_unavailable',
        stack: expect.stringContaining('logger.test.ts'),
      },
    });
  });

  it('takes an error alone as its message, and whatever else it is given', () => {
    const alone = JSON.parse(logged((to) => to.error(new TypeError('oops'))));
    expect(alone).toMatchObject({ msg: 'oops', err: { type: 'TypeError', message: 'oops' } });
    const circle: Record<string, unknown> = { name: 'circle' };
    circle.self = circle;
    expect(logged((to) => to.info({ circle, nothing: null, none: undefined, say() {} }, 'odd'))).toContain(
      'odd',
    );
  });
});
