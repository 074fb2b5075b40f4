import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem, type ProblemCode } from '@kith/protocol';

/** Errors of Node's HTTP parser, in the catalogue's words; any other means that what came is not HTTP. */
const parserCodes: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'headers_timeout',
};

/** Answers what never becomes a request, on the bare connection, and closes it. */
export function refuseClient(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    socket.write(responseOf(new Problem(parserCodes[error.code ?? ''] ?? 'request_invalid')));
  }
  socket.destroy();
}

function responseOf(problem: Problem): string {
  const body = JSON.stringify(problem.toDocument());
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
