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
  let failed = 0;
  for (const { name, tool, args } of checks) {
    const startedAt = performance.now();
    const code = await runTool(tool, args);
    const took = seconds(performance.now() - startedAt);
    say(`${name}: ${code === 0 ? 'ok' : 'FAILED'} (${took})`);
    if (code !== 0) failed += 1;
  }
  return failed;
}
