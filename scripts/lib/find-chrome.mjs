import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, seconds, waiting } from './say.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

const places = [
  '/usr/bin/chromium',
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of an installed Chrome or Chromium: CHROME_PATH first, then PATH, then where it usually lies.
 *
 * @returns {string | undefined}
 */
export function findChrome() {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROME_PATH ?? '', ...onPath, ...places].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

/**
 * Finds a browser, or installs Debian's `chromium` where we may.
 *
 * @returns {string | undefined} its path
 */
export function findOrInstallChrome() {
  const found = findChrome();
  if (found || !mayInstall()) return found;
  const done = waiting("installing Debian's chromium for the browser tests (once)");
  const installed =
    aptGet('update') && aptGet('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const milliseconds = done();
  say(installed ? `installed chromium in ${seconds(milliseconds)}` : 'chromium could not be installed');
  return findChrome();
}

/** Root on Debian itself: elsewhere the package of that name is a stand-in, or there is no apt-get. */
function mayInstall() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: 300_000 });
  return status === 0;
}
