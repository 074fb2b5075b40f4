import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/**
 * Counts what vitest's JSON report tells. A file that could not even be loaded holds no test, yet has failed; so has a
 * run that ends badly without naming any test.
 *
 * @param {string} path of the report
 * @param {number} exitCode of vitest
 * @returns {{passed: number, failed: number, skipped: number}}
 */
export function countTests(path, exitCode) {
  const report = readReport(path);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { testResults: [], numFailedTests: 0, numPassedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The test files that ask for a browser, as paths from the checkout. */
export function browserTests() {
  const names = readdirSync(join(root, 'packages'), { recursive: true });
  return names
    .map((name) => join(root, 'packages', String(name)))
    .filter((path) => /\.test\.tsx?$/.test(path) && !path.includes('node_modules'))
    .filter((path) => readFileSync(path, 'utf8').includes('KITH_CHROME'))
    .map((path) => relative(root, path));
}
