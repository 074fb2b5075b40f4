import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingOptional } from './lock-file.mjs';
import { root } from './paths.mjs';
import { say, seconds } from './say.mjs';
import { runTool } from './tools.mjs';

const checks = [
  { name: 'lint and format', tool: '@biomejs/biome', args: ['check', '--error-on-warnings'] },
  { name: 'types', tool: 'typescript', args: ['--noEmit'] },
  { name: 'unused code', tool: 'knip', args: [] },
];

/**
 * Runs what finds faults without running the code; goes on after a failure, to show all of them.
 *
 * @returns {Promise<number>} how many checks failed
 */
export async function runChecks() {
  let failed = isLockComplete() ? 0 : 1;
  for (const { name, tool, args } of checks) {
    const startedAt = performance.now();
    const code = await runTool(tool, args);
    const took = seconds(performance.now() - startedAt);
    say(`${name}: ${code === 0 ? 'ok' : 'FAILED'} (${took})`);
    if (code !== 0) failed += 1;
  }
  return failed;
}

/** A lock file that npm ci would refuse on a fresh clone passes unnoticed where the packages are already there. */
function isLockComplete() {
  const missing = missingOptional(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  say(
    missing.length === 0
      ? 'lock file: ok'
      : `lock file: FAILED, ${missing.length} optional packages have no entry; run node scripts/complete-lock.mjs`,
  );
  return missing.length === 0;
}
