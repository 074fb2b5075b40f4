import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout, wherever it lies and whatever it is called. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The oldest Node that runs our TypeScript as it is. */
const nodeMajorMin = 24;

/**
 * The Node that the checkout brings along as an npm package, or else the running one if it is new enough.
 *
 * @returns {string | undefined} a path
 */
export function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', name);
  if (existsSync(pinned)) return pinned;
  return runningNodeWillDo() ? process.execPath : undefined;
}

export function runningNodeWillDo() {
  return Number(process.versions.node.split('.')[0]) >= nodeMajorMin;
}

/** One line for who has no Node that will do. */
export const noNode =
  `There is no Node ${nodeMajorMin} for ${process.platform}-${process.arch} among the installed packages ` +
  `(optional dependencies left out?), and this is Node ${process.versions.node}: ` +
  `run "npm ci --include=optional" here, or use Node ${nodeMajorMin} or newer`;
