import { describe, expect, it } from 'vitest';
import { chartWords, monthBars } from './months.ts';

describe('monthBars', () => {
  it('give the last twelve months, oldest first, with the empty ones between', () => {
    const bars = monthBars([{ month: '2026-09', times: 3 }], Date.parse('2026-11-30T23:59:00Z'), 'en-GB');
    expect(bars).toHaveLength(12);
    expect(bars[0]).toMatchObject({ month: '2025-12', times: 0 });
    expect(bars.at(-3)).toEqual({ month: '2026-09', letters: 'Sept', words: 'September 2026', times: 3 });
    expect(bars.at(-1)).toMatchObject({ month: '2026-11', times: 0 });
  });

  it('do not skip a month on the 31st', () => {
    const months = monthBars([], Date.parse('2026-03-31T12:00:00Z'), 'en-GB', 3).map(({ month }) => month);
    expect(months).toEqual(['2026-01', '2026-02', '2026-03']);
  });
});

describe('chartWords', () => {
  const now = Date.parse('2026-11-30T12:00:00Z');

  it('name the sum and the busiest month', () => {
    const bars = monthBars(
      [
        { month: '2026-09', times: 3 },
        { month: '2026-11', times: 1 },
      ],
      now,
      'en-GB',
    );
    expect(chartWords(bars)).toBe(
      'Your card was shown 4 times in the last 12 months, most often in September 2026: 3 times.',
    );
  });

  it('name no month when there was nothing', () => {
    expect(chartWords(monthBars([], now, 'en-GB'))).toBe(
      'Your card was shown 0 times in the last 12 months.',
    );
  });
});
