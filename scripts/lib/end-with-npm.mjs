import { readFileSync } from 'node:fs';

const everyMs = 500;

/**
 * Under `npm start` or `npx kith`, stops when npm is gone. npm hands signals to the shell that it started us with, and
 * that shell dies of them without a word to us.
 */
export function endWithNpm() {
  if (!/kith/.test(process.env.npm_lifecycle_script ?? '')) return;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, everyMs);
  timer.unref();
}

/** The shell and npm, as process ids: an orphan gets another parent. */
function ancestors() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return ''; // No /proc here: the shell alone is watched.
  }
}
