import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { isInstallOf } from './lock-file.mjs';
import { root } from './paths.mjs';
import { StartError, say, seconds, waiting } from './say.mjs';

const stampPath = join(root, 'node_modules', '.kith-install.json');
/** npm writes it last, so a half-made node_modules has none. */
const installedLockPath = join(root, 'node_modules', '.package-lock.json');
const lockPath = join(root, 'package-lock.json');

/** Installs with `npm ci` unless what is installed is what package-lock.json says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock('install', async (alsoHeldBy) => {
    // Whoever held the lock before us may have done it.
    if (!isInstalled()) await install(alsoHeldBy);
  });
}

function isInstalled() {
  const installed = readJson(installedLockPath);
  if (!installed) return false;
  const wanted = stamp();
  const found = readJson(stampPath);
  if (found && found.lock === wanted.lock && found.platform === wanted.platform) return true;
  if (!isInstallOf(installed, readJson(lockPath))) return false;
  writeStamp(wanted);
  return true;
}

function stamp() {
  const lock = createHash('sha256').update(readFileSync(lockPath)).digest('hex');
  return { lock, platform: `${process.platform}-${process.arch}` };
}

function writeStamp(content) {
  try {
    writeFileSync(stampPath, JSON.stringify(content));
  } catch {
    // A read-only install is checked the long way each time.
  }
}

async function install(alsoHeldBy) {
  const done = waiting('installing the packages of package-lock.json (once; later starts are quick)');
  const { code, output } = await runNpmCi(alsoHeldBy);
  const milliseconds = done();
  if (code !== 0)
    throw new StartError(`the install failed (npm ci, exit code ${code})\n${complaints(output)}`);
  writeStamp(stamp());
  say(`installed in ${seconds(milliseconds)}`);
}

/** @returns {Promise<{code: number | null, output: string}>} */
function runNpmCi(alsoHeldBy) {
  return new Promise((resolve, reject) => {
    const [command, ...first] = npm();
    const child = spawn(command, [...first, 'ci', '--include=dev', '--include=optional'], {
      cwd: root,
      env: npmEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a .cmd file on Windows, which only a shell runs; nothing of the user's is in the line.
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    if (child.pid) alsoHeldBy(child.pid);
    // The next start makes a half-made node_modules anew, but must not while npm is still busy with it.
    let stopped = false;
    const stop = () => {
      stopped = true;
      child.kill('SIGTERM');
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    child.once('error', (error) =>
      reject(new StartError(`npm is needed to install the packages (${error.code})`)),
    );
    child.once('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (stopped) process.exit(130);
      resolve({ code, output });
    });
  });
}

/** npm by the path that npm itself gave us, if it did; else by name. */
function npm() {
  const path = process.env.npm_execpath ?? '';
  const known = basename(path) === 'npm-cli.js' && existsSync(path);
  return known && !process.execPath.startsWith(join(root, 'node_modules'))
    ? [process.execPath, path]
    : ['npm'];
}

/**
 * The environment for npm: without the node_modules that it is about to replace (npm would run on a Node that it
 * deletes), and without options of the `npm start` or `npx` above us that would change what it installs.
 */
function npmEnvironment() {
  const environment = { ...process.env };
  const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (environment[pathName] ?? '').split(delimiter);
  environment[pathName] = folders
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter);
  const unwanted = [
    'global',
    'workspace',
    'workspaces',
    'include_workspace_root',
    'dry_run',
    'omit',
    'only',
    'json',
  ];
  for (const name of unwanted) delete environment[`npm_config_${name}`];
  delete environment.NODE_ENV;
  return environment;
}

/** What npm itself says went wrong, without the place of its log. */
function complaints(output) {
  const lines = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log/.test(line));
  return (lines.length > 0 ? lines : output.trim().split('\n')).slice(0, 8).join('\n');
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
