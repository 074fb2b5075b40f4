import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findNode, noNode, root } from './paths.mjs';
import { StartError } from './say.mjs';

/**
 * Runs a development tool of the checkout under the Node that the checkout brings along, with our terminal.
 *
 * @param {string} name of its package; also of the program if the package has several
 * @param {string[]} args
 * @param {Record<string, string>} environment besides ours
 * @returns {Promise<number>} its exit code
 */
export function runTool(name, args, environment = {}) {
  const node = findNode();
  if (!node) throw new StartError(noNode);
  const program = findProgram(name);
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...args], {
      cwd: root,
      // Programs that the tests start by the name of node get the same one.
      env: { ...process.env, ...environment, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    // Ctrl-C reaches the tool by itself; we wait for what it makes of it.
    const ignore = () => undefined;
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}

function findProgram(name) {
  const folder = join(root, 'node_modules', ...name.split('/'));
  if (!existsSync(folder)) {
    throw new StartError(`${name} is not installed; npm ci without --omit=dev installs what the tests need`);
  }
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const short = name.split('/').at(-1);
  return join(folder, typeof bin === 'string' ? bin : (bin[short] ?? Object.values(bin)[0]));
}
