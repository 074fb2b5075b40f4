import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import type { HallApp } from '../app.ts';

/** Serves the built web app at `/`; its own addresses all lead to the one page. */
export async function useWebApp(app: HallApp, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: 'index.html',
    cacheControl: false,
    // The build writes a .br and a .gz beside each file.
    preCompressed: true,
    // Assets bear a hash of their content in their names; the page that names them must always be fresh.
    setHeaders: (reply, path) => {
      const forever = path.includes('/assets/');
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** A browser that asks for a page, not a client that mistyped a call. */
export function isPageRequest(request: FastifyRequest): boolean {
  return (
    request.method === 'GET' &&
    !request.url.startsWith('/v1/') &&
    (request.headers.accept ?? '').includes('text/html')
  );
}

/** The member's app, or the analyst's, of which every address begins with `/analyst`. */
export function pageOf(request: FastifyRequest): 'index.html' | 'analyst.html' {
  return /^\/analyst(?:[/?]|$)/.test(request.url) ? 'analyst.html' : 'index.html';
}
