import { describe, expect, it } from 'vitest';
import { guessColumns, missingColumns, parseMapping } from './fields.ts';

const column = (name: string, ...samples: string[]) => ({ name, samples });
const guessed = (columns: Parameters<typeof guessColumns>[0], given = {}) =>
  Object.fromEntries(
    Object.entries(guessColumns(columns, given)).map(([field, { column: name }]) => [field, name]),
  );

describe('guessing what columns hold', () => {
  it('goes by names, however they are written, also inside objects', () => {
    expect(
      guessed([
        column('userId', 'a'),
        column('@timestamp', '2026-10-01T00:00:00Z'),
        column('request.client_ip', '73.1.2.3'),
        column('User-Agent', 'x'),
        column('contacts_count', '12'),
        column('matches', '3'),
      ]),
    ).toEqual({
      member: 'userId',
      at: '@timestamp',
      ip: 'request.client_ip',
      client: 'User-Agent',
      numbers: 'contacts_count',
      found: 'matches',
    });
  });

  it('does not take a column whose values are something else', () => {
    expect(
      guessed([column('count', 'many', 'few'), column('address', '1 Main St'), column('created', 'yes')]),
    ).toEqual({});
  });

  it('knows times and addresses by their values, and says so', () => {
    const columns = [
      column('x', '1790812800', '1790812801', '1790812802'),
      column('y', '73.1.2.3:80', '2001:db8::1', '73.1.2.4'),
    ];
    expect(guessColumns(columns, {})).toEqual({
      at: { column: 'x', why: 'by its values' },
      ip: { column: 'y', why: 'by its values' },
    });
  });

  it('tells a list of numbers from a count of them', () => {
    expect(guessed([column('contacts', '["+14155550100","+14155550101"]')])).toEqual({ number: 'contacts' });
    expect(guessed([column('contacts', '12', '7')])).toEqual({ numbers: 'contacts' });
    expect(guessed([column('phone', '+1 (415) 555-0100'), column('result', 'hit')])).toEqual({
      number: 'phone',
      hit: 'result',
    });
  });

  it('leaves alone what the user has said, and takes no column twice', () => {
    expect(guessed([column('user', 'a'), column('uid', 'b')], { member: 'uid' })).toEqual({});
    expect(guessed([column('date', '2026-10-01')])).toEqual({ at: 'date' });
  });
});

describe('--map', () => {
  it('reads fields and columns', () => {
    expect(parseMapping('member=user_id, at=ts,ip=request.client_ip')).toEqual({
      member: 'user_id',
      at: 'ts',
      ip: 'request.client_ip',
    });
  });

  it.each([
    ['colour=x', 'no field is called "colour"'],
    ['member', '"member" is not field=column'],
    ['member=', '"member=" is not field=column'],
    ['__proto__=x', 'no field is called "__proto__"'],
  ])('says what is wrong with %s', (text, words) => {
    expect(() => parseMapping(text)).toThrow(words);
  });
});

describe('what logs do not give', () => {
  it('is a text that none has, or a count that one of them lacks', () => {
    const missing = missingColumns([
      { member: 'a', at: 'b', ip: 'c', numbers: 'd' },
      { member: 'a', at: 'b' },
    ]);
    expect(missing.has('prefix')).toBe(false);
    expect(missing.has('numbers_new')).toBe(true);
    expect(missing.has('device')).toBe(true);
  });
});
