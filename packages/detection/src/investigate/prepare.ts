import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { WatchError } from '../errors.ts';

/** As the engine names it. */
export type Compression = 'none' | 'gz' | 'zstd';
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** What unpacks to more than this is no log: logs shrink five to fifty times. */
const expansionMax = 100;
/** Bytes that any file may unpack to. */
export const unpackedBytesFree = 256_000_000;

/** Bytes that a compressed file may unpack to. */
export async function unpackedBytesMax(path: string, free: number): Promise<number> {
  return free + expansionMax * (await stat(path)).size;
}

/** Says that a file unpacks to more than any log does. */
export function bombError(name: string): WatchError {
  return new WatchError(
    'log_unreadable',
    `${name} unpacks to more than ${expansionMax} times its size, as no log does; unpack it yourself if it is one`,
  );
}

/** Copies a stream to a file, so that it can be looked at first and read after. */
export async function spool(input: Readable, path: string, stop?: AbortSignal): Promise<void> {
  await pipeline(input, createWriteStream(path, { mode: 0o600 }), ...(stop ? [{ signal: stop }] : []));
}

/**
 * Unpacks and recodes a log into a file of plain UTF-8. Damaged data is read up to the damage.
 *
 * @returns whether the data was whole.
 */
export async function rewrite(
  name: string,
  from: { path: string; compression: Compression; encoding: Encoding },
  to: string,
): Promise<boolean> {
  let whole = true;
  const limit =
    from.compression === 'none'
      ? Number.POSITIVE_INFINITY
      : await unpackedBytesMax(from.path, unpackedBytesFree);
  async function* unpacked(): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      for await (const chunk of unpack(createReadStream(from.path), from.compression)) {
        size += (chunk as Uint8Array).length;
        if (size > limit) throw bombError(name);
        yield chunk as Uint8Array;
      }
    } catch (error) {
      if (error instanceof WatchError) throw error;
      whole = false;
    }
  }
  await pipeline(Readable.from(recoded(unpacked(), from.encoding)), createWriteStream(to, { mode: 0o600 }));
  return whole;
}

/** Decompresses as far as it goes. */
export function unpack(input: Readable, compression: Compression): Readable {
  if (compression === 'none') return input;
  const unpacker = compression === 'gz' ? createGunzip() : createZstdDecompress();
  input.on('error', (error) => unpacker.destroy(error));
  return input.pipe(unpacker);
}

async function* recoded(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array | string> {
  if (encoding === 'utf-8') return yield* chunks;
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
