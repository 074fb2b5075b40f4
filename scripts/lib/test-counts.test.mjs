import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closingLine, countTests } from './test-counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kith-counts-'));

function counts(report, exitCode) {
  const path = join(folder, 'results.json');
  writeFileSync(path, typeof report === 'string' ? report : JSON.stringify({ ...nothing, ...report }));
  return countTests(path, exitCode);
}

const nothing = {
  testResults: [],
  numFailedTests: 0,
  numPassedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

describe('countTests', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it('counts tests passed, failed and skipped', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(counts(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(counts({ testResults, numPassedTests: 1, numFailedTests: 1 }, 1).failed).toBe(2);
  });

  it('never calls a run that ended badly a success', () => {
    expect(counts({ numPassedTests: 3 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(counts('no report', 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('closingLine', () => {
  it('names skipped tests only where there are some', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
