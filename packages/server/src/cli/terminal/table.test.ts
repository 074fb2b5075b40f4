import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

describe('table', () => {
  it('lines columns up, numbers to the right', () => {
    const text = table([
      { name: 'kith', exposed: 12 },
      { name: 'the endpoint of 2019', exposed: 1_700_000 },
    ]);
    expect(text.split('\n')).toEqual([
      'name                    exposed',
      '--------------------  ---------',
      'kith                         12',
      'the endpoint of 2019  1,700,000',
    ]);
  });

  it('shows what is missing as nothing', () => {
    expect(table([{ a: 1 }, { a: null, b: 'x' }]).split('\n')).toEqual(['a  b', '-  -', '1', '   x']);
    expect(table([])).toBe('');
  });

  it('lets no name move the cursor', () => {
    expect(
      table([{ name: 'a\u001b[2Jb\n' }])
        .split('\n')
        .at(-1),
    ).toBe('a?[2Jb?');
  });

  it('counts an accented letter as one', () => {
    const [head] = table([{ name: 'e\u0301e\u0301', more: 'x' }]).split('\n');
    expect(head).toBe('name  more');
  });
});
