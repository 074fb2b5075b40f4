import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { ensureConsole } from './lib/console.mjs';
import { findOrInstallChrome } from './lib/find-chrome.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fail, say } from './lib/say.mjs';
import { browserTests, closingLine, countTests } from './lib/test-counts.mjs';
import { runTool } from './lib/tools.mjs';

/**
 * `npm test`: installs if need be, lint, types, unused code, the web app, then every test. With arguments
 * (`npm test -- server -t ledger`) vitest alone gets them.
 *
 * The last line is `N passed, N failed`, or `N passed, N failed, N skipped`.
 */
const args = process.argv.slice(2);

try {
  await ensureInstalled();
  const failedChecks = args.length === 0 ? await runChecks() : 0;
  await ensureConsole();
  const counts = await runTests(args, browserEnvironment());
  counts.failed += failedChecks;
  process.exitCode = counts.failed > 0 ? 1 : 0;
  console.log(closingLine(counts));
} catch (error) {
  fail(error);
}

/** Tests that need a browser read its path from KITH_CHROME and are skipped without it. */
function browserEnvironment() {
  const chrome = findOrInstallChrome();
  if (chrome) return { KITH_CHROME: chrome };
  const files = browserTests();
  const which = files.length > 0 ? files.join(', ') : 'none in this checkout';
  say(`no Chrome or Chromium found (CHROME_PATH names one); these tests will not run in full: ${which}`);
  return {};
}

async function runTests(vitestArgs, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'kith-test-results-'));
  const results = join(folder, 'results.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
    const code = await runTool('vitest', ['run', ...reporters, ...vitestArgs], environment);
    return countTests(results, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
