import type { RunAs } from './run-as.ts';

/** How a program is told where the cluster is. */
export interface Place {
  /** The value for `-D`. */
  argument: string;
  /** The folder that the program starts in. */
  cwd: string;
}

/**
 * Root's checkout often lies in a home that only root may enter, and the user that PostgreSQL runs as cannot walk
 * there. It need not: Linux changes folder before it changes user, and `/proc/self/cwd` then leads to the cluster
 * without a walk from the top. PostgreSQL stays in that folder for good, so the name stays right. The data thus
 * always lies where the caller said.
 */
export function placeOf(clusterDir: string, runAs: RunAs): Place {
  const closed = runAs && process.platform === 'linux';
  return { argument: closed ? '/proc/self/cwd' : clusterDir, cwd: clusterDir };
}
