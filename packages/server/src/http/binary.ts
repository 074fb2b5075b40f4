import { Problem } from '@kith/protocol';
import type { HallApp } from '../app.ts';

/** The content type of bodies where elements are many. */
export const binary = 'application/octet-stream';

/** Binary bodies arrive whole, as bytes. */
export function useBinary(app: HallApp): void {
  app.addContentTypeParser(binary, { parseAs: 'buffer' }, async (_request: unknown, body: unknown) => body);
}

/** The body of a binary call. */
export function bytesOf(body: unknown): Uint8Array {
  if (!Buffer.isBuffer(body)) throw new Problem('media_type_unsupported', `This call takes ${binary}`);
  return body;
}
