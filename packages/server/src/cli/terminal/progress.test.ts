import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type ProgressOptions, progress } from './progress.ts';
import { duration, progressLine } from './progress-line.ts';

function rig(options: Partial<ProgressOptions> & { isTTY?: boolean }) {
  const clock = { ms: 0 };
  const stream = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? false, columns: 80 });
  const bar = progress({ label: 'import', stream, now: () => clock.ms, ...options });
  return { bar, clock, written: () => String(stream.read() ?? '') };
}

describe('progress', () => {
  it('redraws one line on a terminal, at most ten times a second', () => {
    const { bar, clock, written } = rig({ isTTY: true, total: 1_000 });
    for (let step = 0; step < 1_000; step += 1) {
      clock.ms = step;
      bar.advance();
    }
    const text = written();
    expect(text.split('\r').length - 1).toBe(10);
    expect(text).not.toContain('\n');
  });

  it('writes a line every ten seconds where nobody watches', () => {
    const { bar, clock, written } = rig({ total: 100 });
    for (let second = 0; second <= 25; second += 1) {
      clock.ms = second * 1_000;
      bar.set(second);
    }
    const lines = written().trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^import .* 20 % {2}20 of 100 {2}1\/s {2}1 min 20 s left$/);
  });

  it('says nothing with --json', () => {
    const { bar, clock, written } = rig({ json: true, isTTY: true });
    clock.ms = 60_000;
    bar.advance(5);
    bar.finish();
    expect(written()).toBe('');
  });

  it('ends with what was done, how long it took and how fast that was', () => {
    const { bar, clock, written } = rig({ unit: 'members' });
    bar.advance(5_000);
    clock.ms = 2_000;
    bar.finish();
    expect(written()).toBe('import  5,000 members  in 2.0 s  2,500/s\n');
  });
});

describe('progressLine', () => {
  const state = { label: 'seed', total: 200, unit: undefined, done: 50, elapsedMs: 1_000, ratePerSec: 50 };

  it('never reaches the last column, where terminals wrap', () => {
    for (const columns of [1, 10, 40, 80, 200]) {
      expect(progressLine(state, columns).length).toBeLessThan(columns);
    }
  });

  it('draws the bar where there is room', () => {
    expect(progressLine(state, 80)).toMatch(
      /^seed {2}\[#{8}\.{22}\] {2}25 % {2}50 of 200 {2}50\/s {2}3\.0 s left$/,
    );
    expect(progressLine(state, 40)).not.toContain('[');
  });
});

describe('duration', () => {
  it.each([
    [8_140, '8.1 s'],
    [59_900, '59 s'],
    [125_000, '2 min 05 s'],
    [11_220_000, '3 h 07 min'],
  ])('%d ms is %s', (milliseconds, words) => expect(duration(milliseconds)).toBe(words));
});
