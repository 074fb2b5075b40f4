import { rmdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { role } from './cluster.ts';
import type { RunAs } from './run-as.ts';
import { makeSocketFolder, socketFolder } from './short-folder.ts';

/** Where the server listens. */
export interface Endpoint {
  /** Settings for `postgres`. */
  settings: Record<string, string>;
  /** Makes the place to listen; to be called before each start of the server. */
  open(): Promise<void>;
  /** Takes it away again if nobody listens there. */
  close(): Promise<void>;
  url(password: string, database: string): string;
}

/** A socket, or on Windows, where `pg` has none, a free port of the loopback. */
export async function chooseEndpoint(dataDir: string, runAs: RunAs): Promise<Endpoint> {
  if (process.platform === 'win32') return loopback(await freePort());
  const socketDir = await socketFolder(dataDir, runAs);
  return {
    settings: { listen_addresses: '', unix_socket_directories: socketDir },
    open: () => makeSocketFolder(socketDir, runAs),
    close: () => rmdir(socketDir).catch(() => undefined),
    url: (password, database) =>
      `postgres://${role}:${password}@/${database}?host=${encodeURIComponent(socketDir)}`,
  };
}

function loopback(port: number): Endpoint {
  return {
    settings: { listen_addresses: '127.0.0.1', port: String(port) },
    open: async () => undefined,
    close: async () => undefined,
    url: (password, database) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
