import { describe, expect, it } from 'vitest';
import { sketchNumbers } from './sketch.ts';

describe('the sketch of a batch', () => {
  it('counts neighbours, prefixes and the most common country', () => {
    const sketch = sketchNumbers(
      [
        { number: '+14155550100', country: 'US' },
        { number: '+14155550109', country: 'US' },
        { number: '+14155550200', country: 'US' },
        { number: '+447700900001', country: 'GB' },
        { number: '+447700900012', country: 'GB' },
      ],
      4,
    );
    expect(sketch).toEqual({
      numbers: 5,
      solitary: 4,
      inRuns: 2,
      prefixes: 2,
      country: 'US',
      countryNumbers: 3,
    });
  });

  it('does not depend on the order: a shuffled run is a run', () => {
    const run = Array.from({ length: 100 }, (_, i) => ({ number: `+1415555${String(1000 + i * 3)}` }));
    const shuffled = run.map((each, i) => run[(i * 37) % 100] ?? each);
    expect(sketchNumbers(shuffled, 0)).toEqual(sketchNumbers(run, 0));
    expect(sketchNumbers(shuffled, 0).inRuns).toBe(100);
  });

  it('of nothing is nothing', () => {
    expect(sketchNumbers([], 0)).toEqual({
      numbers: 0,
      solitary: 0,
      inRuns: 0,
      prefixes: 0,
      country: '',
      countryNumbers: 0,
    });
  });
});
