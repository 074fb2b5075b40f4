import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { findNode, noNode, root } from './paths.mjs';
import { StartError, say, seconds, waiting } from './say.mjs';

const folder = join(root, 'packages', 'console');
const dist = join(folder, 'dist');
/** Holds the fingerprint of the sources that `dist` was built from. */
const stampName = '.sources';
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

/** All that ends up in the built pages. */
const sources = [
  'packages/console',
  'packages/client/src',
  'packages/client/package.json',
  'packages/protocol/src',
  'packages/protocol/package.json',
  'package-lock.json',
];

/** Builds the web app if its sources have changed since it was built; keeps the old one if Vite is not there. */
export async function ensureConsole() {
  if (!existsSync(join(folder, 'index.html')) || isBuilt()) return;
  if (!existsSync(vite)) {
    const have = existsSync(join(dist, 'index.html'))
      ? 'the one built earlier is served'
      : 'it is not served';
    say(
      `the web app cannot be built without Vite, a development dependency (npm ci without --omit=dev): ${have}`,
    );
    return;
  }
  await withLock('console', async () => {
    if (!isBuilt()) await build();
  });
}

function isBuilt() {
  try {
    return readFileSync(join(dist, stampName), 'utf8') === fingerprint();
  } catch {
    return false;
  }
}

/** @returns {string} a hash over names and contents of the sources, tests left out */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesUnder(join(root, source)))) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const ignored = /^(node_modules|dist|\..*|.*\.test\.tsx?)$/;
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .filter((entry) => !ignored.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
    );
}

/** Builds beside and swaps, so that a service that runs never serves half a build. */
async function build() {
  const node = findNode();
  if (!node) throw new StartError(noNode);
  const built = fingerprint();
  const fresh = join(root, '.kith', `console.${process.pid}`);
  const done = waiting('building the web app');
  const { code, output } = await run(node, [
    vite,
    'build',
    '--outDir',
    fresh,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
  const milliseconds = done();
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new StartError(`the web app could not be built\n${output.trim()}`);
  }
  writeFileSync(join(fresh, stampName), built);
  swap(fresh);
  say(`built the web app in ${seconds(milliseconds)}`);
}

function swap(fresh) {
  const old = join(root, '.kith', `console.old.${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

function run(node, args) {
  return new Promise((resolve, reject) => {
    // Tests run this too, and what they serve shall be what is served: not React's development build.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(node, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
