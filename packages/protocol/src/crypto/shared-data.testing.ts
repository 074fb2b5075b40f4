// biome-ignore lint/style/noRestrictedImports: the vectors that tests compare with are files.
import { existsSync, readFileSync } from 'node:fs';
// biome-ignore lint/style/noRestrictedImports: as above.
import { gunzipSync } from 'node:zlib';

/** The folder of public test vectors: `KITH_DATA`, or `shared/data` beside the repository. */
const folder = process.env.KITH_DATA
  ? `${process.env.KITH_DATA}/`
  : new URL('../../../../../shared/data/', import.meta.url).pathname;

/** Whether the folder is there; tests over full vector sets say so and are skipped where it is not. */
export const hasSharedData = existsSync(`${folder}vectors`);

/** For the name of a skipped suite. */
export const sharedDataNote = hasSharedData ? '' : ' (skipped: no KITH_DATA folder of vectors)';

export function readShared(path: string): Uint8Array {
  const bytes = readFileSync(`${folder}vectors/${path}`);
  return new Uint8Array(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

export function readSharedJson<T>(path: string): T {
  return JSON.parse(new TextDecoder().decode(readShared(path))) as T;
}
