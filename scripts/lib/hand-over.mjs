import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithNpm } from './end-with-npm.mjs';
import { findNode, noNode, root } from './paths.mjs';
import { StartError } from './say.mjs';

/** Compiled code, types already stripped: halves the time that a command takes to load. Node makes it anew as needed. */
const compileCache = join(root, 'node_modules', '.cache', 'kith-compile');

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Milliseconds after which a signal that came to us alone is handed on; see end-with-parent.mjs. */
const forwardMs = 150;

/**
 * Goes on as `entry` under the Node that the checkout brings along: in this process if it is that Node, else in a
 * child that behaves as if it were this process.
 *
 * @param {string} entry path of a module, TypeScript or not
 * @param {string[]} args
 */
export async function handOver(entry, args) {
  const node = findNode();
  if (!node) throw new StartError(noNode);
  endWithNpm();
  if (isThisNode(node)) {
    nodeModule.enableCompileCache?.(compileCache);
    process.argv = [process.argv[0], entry, ...args];
    await import(pathToFileURL(entry).href);
    return;
  }
  endAs(await run(node, entry, args));
}

function isThisNode(node) {
  // Node 24 before 24.3 warns of every TypeScript file unless told not to, which only a child can be.
  return (
    realpathSync(node) === realpathSync(process.execPath) &&
    process.features.typescript === 'strip' &&
    isQuiet()
  );
}

function isQuiet() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 3);
}

/**
 * Runs `entry` in a child with our terminal and a channel that tells it when we are gone.
 *
 * @returns {Promise<{code: number | null, signal: NodeJS.Signals | null}>}
 */
function run(node, entry, args) {
  return new Promise((resolve, reject) => {
    const preload = new URL('./end-with-parent.mjs', import.meta.url).href;
    const child = spawn(
      node,
      ['--disable-warning=ExperimentalWarning', '--import', preload, entry, ...args],
      {
        env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      },
    );
    // The shell, npm and we may all be told of one Ctrl-C: the child gets it once.
    const pending = new Map();
    const forward = (signal) => {
      if (pending.has(signal)) return;
      const send = () => {
        pending.delete(signal);
        if (child.connected) child.send({ signal });
      };
      pending.set(signal, setTimeout(send, forwardMs));
    };
    for (const signal of signals) process.on(signal, forward);
    child.once('error', (error) =>
      reject(new StartError(`${node} does not run here (${error.code}); ${noNode}`)),
    );
    child.once('exit', (code, signal) => {
      for (const timer of pending.values()) clearTimeout(timer);
      for (const name of signals) process.off(name, forward);
      resolve({ code, signal });
    });
  });
}

/** Ends as the child ended, by the same signal if by one, so that shells see the truth. */
function endAs({ code, signal }) {
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code ?? 1;
}
