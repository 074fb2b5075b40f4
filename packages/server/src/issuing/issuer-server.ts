import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '@kith/protocol';
import { answerKeyRequest, CryptoError, type IssuerShare, loadFastPairing } from '@kith/protocol/crypto';
import type { Policy } from '../budgets/policy.ts';
import { epochsToWrite } from '../slots/epochs.ts';
import { AttestationCheck } from './attestation.ts';

export interface IssuerOptions {
  share: IssuerShare;
  /** Where the keys of those who vouch for numbers are published. */
  jwksUrl: string;
  policy: Policy;
  host?: string;
  port?: number;
  /** Web apps that may call from a browser: an origin, or `*`. */
  allowOrigin?: string;
  now?: () => number;
}

export interface RunningIssuer {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * One issuer of several, alone with its share: `POST /v1/issue?epoch=N` with an attestation as bearer token answers this
 * issuer's part of the member's keys, and nothing else is kept, logged or answered.
 */
export async function startIssuer(options: IssuerOptions): Promise<RunningIssuer> {
  const now = options.now ?? Date.now;
  const check = new AttestationCheck(options.jwksUrl, now);
  const pairing = await loadFastPairing();

  async function issue(request: IncomingMessage, url: URL): Promise<Uint8Array> {
    const [, attestation] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!attestation) throw new Problem('token_missing');
    const number = await check.numberIn(attestation);
    const { current, next } = epochsToWrite(options.policy, now());
    const epoch = Number(url.searchParams.get('epoch') ?? current);
    if (epoch !== current && epoch !== next) throw new Problem('epoch_invalid');
    return answerKeyRequest(pairing, options.share, { number, epoch }).serialize();
  }

  const server = createServer((request, response) => {
    if (options.allowOrigin) response.setHeader('access-control-allow-origin', options.allowOrigin);
    handle(request, response, issue).catch((error) => fail(response, error));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${options.host ?? '127.0.0.1'}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  issue: (request: IncomingMessage, url: URL) => Promise<Uint8Array>,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://issuer');
  if (request.method === 'GET' && url.pathname === '/healthz') {
    response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
  } else if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-headers', 'authorization').writeHead(204).end();
  } else if (request.method === 'POST' && url.pathname === '/v1/issue') {
    const message = await issue(request, url);
    response
      .setHeader('content-type', 'application/octet-stream')
      .setHeader('cache-control', 'no-store')
      .end(message);
  } else {
    throw new Problem('route_unknown');
  }
}

function fail(response: ServerResponse, error: unknown): void {
  const known = error instanceof CryptoError ? new Problem('token_invalid') : error;
  const problem = known instanceof Problem ? known : new Problem('internal');
  response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(problem.toDocument()));
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}
