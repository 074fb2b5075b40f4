import { PassThrough } from 'node:stream';
import { Problem } from '@kith/protocol';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A stream that may go on for as long as it keeps coming. */
    streaming?: boolean;
  }
}

/**
 * A body has so long to arrive, whole; a stream so long between two pieces. One byte a second holds a connection, for so
 * long, and nothing else.
 */
export function useBodyTimeout(app: FastifyInstance, timeoutMs: number): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const streaming = request.routeOptions.config.streaming === true;
    const body = new PassThrough();
    // Its reader, if it has one, hears of an error; unheard by anyone, the event would end the process.
    body.on('error', () => {});
    const expire = () => {
      payload.unpipe(body);
      body.destroy(new Problem('body_timeout'));
    };
    const timer = setTimeout(expire, timeoutMs);
    if (streaming) payload.on('data', () => timer.refresh());
    payload.once('end', () => clearTimeout(timer));
    payload.once('error', (error: Error) => body.destroy(error));
    request.raw.once('close', () => clearTimeout(timer));
    return payload.pipe(body);
  });
  // Answered before the body was there, as whoever is refused: the rest may come for as long, unread.
  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete) return;
    const timer = setTimeout(() => raw.socket.destroy(), timeoutMs);
    raw.once('close', () => clearTimeout(timer));
  });
}
