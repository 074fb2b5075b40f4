import { describe, expect, it } from 'vitest';
import { barChart } from './bar-chart.ts';
import { lineChartSvg } from './line-chart.ts';

const chart = {
  title: 'Names <learnt>',
  subtitle: 'a & b',
  xLabel: 'day',
  yLabel: 'names',
  series: [
    { name: 'before', values: [0, 10, 100, 1_000] },
    { name: 'after', values: [0, 0, 1, 3] },
  ],
};

describe('the line chart', () => {
  const svg = lineChartSvg(chart);

  it('draws one line a series, with as many points as steps', () => {
    const lines = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map((match) => match[1]!.split(' '));
    expect(lines.map((points) => points.length)).toEqual([4, 4]);
  });

  it('is logarithmic: each factor of ten is the same step up', () => {
    const heights = [...svg.matchAll(/<polyline points="([^"]+)"/g)][0]![1]!
      .split(' ')
      .map((point) => Number(point.split(',')[1]));
    expect(heights[1]! - heights[2]!).toBeCloseTo(heights[2]! - heights[3]!, 0);
    expect(heights[0]!).toBeGreaterThan(heights[1]!);
  });

  it('escapes what it is given and names the last values', () => {
    expect(svg).toContain('Names &lt;learnt&gt;');
    expect(svg).toContain('a &amp; b');
    expect(svg).toContain('before: 1,000');
  });
});

describe('the terminal chart', () => {
  it('gives the longest bar to the highest value, and none to zero', () => {
    const lines = barChart(
      'names',
      [
        { name: 'a', value: 1_000 },
        { name: 'bb', value: 30 },
        { name: 'c', value: 0 },
      ],
      10,
    );
    expect(lines.split('\n')).toEqual([
      'names (logarithmic)',
      '  a   ██████████ 1,000',
      '  bb  █████ 30',
      '  c    0',
    ]);
  });
});
