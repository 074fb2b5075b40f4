import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './paths.mjs';
import { StartError, say } from './say.mjs';

const beatMs = 5_000;
/** A lock whose holders show no sign of life for so long is nobody's, whoever has their process ids now. */
const silenceMsMax = 600_000;

/**
 * Runs `work` while no other start of this checkout runs work of the same name. Held by a file under `.kith`, not in
 * node_modules, which installs delete.
 *
 * @template Result
 * @param {string} name
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<Result>} work is given a way to name a process that goes on
 *   with the work should this one be killed
 * @returns {Promise<Result>}
 */
export async function withLock(name, work) {
  const path = join(root, '.kith', `${name}.lock`);
  await acquire(path, name);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), beatMs);
  try {
    return await work((pid) => appendFileSync(path, ` ${pid}`));
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

async function acquire(path, name) {
  let told = false;
  while (!take(path)) {
    if (isStale(path)) removeStale(path);
    else if (!told) {
      say(`another start is at it (${name}); waiting for it`);
      told = true;
    }
    await delay(200);
  }
}

function take(path) {
  try {
    mkdirSync(join(root, '.kith'), { recursive: true });
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new StartError(
      `${root} cannot be written (${error.code}), and something has to be installed or built in it`,
    );
  }
}

function isStale(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > silenceMsMax) return true;
    // Taken but not yet signed: its holder is about to.
    const pids = readFileSync(path, 'utf8').split(' ').filter(Boolean);
    return pids.length > 0 && !pids.some((pid) => isAlive(Number(pid)));
  } catch {
    return false; // Released in between.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the lock away before removing it, so that of two who find it stale only one does. */
function removeStale(path) {
  const away = `${path}.${process.pid}`;
  try {
    renameSync(path, away);
    rmSync(away);
  } catch {
    // The other one did.
  }
}
