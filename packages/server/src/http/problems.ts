import { WatchError } from '@kith/detection';
import { catalogue, Problem, type ProblemCode } from '@kith/protocol';
import { CryptoError } from '@kith/protocol/crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TLocalizedValidationError } from 'typebox/error';
import { firstMistake } from '../mistakes.ts';

/** What Fastify itself refuses, in the catalogue's words. */
const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_invalid',
};

/** Every error leaves as an RFC 9457 document; what is not in the catalogue is ours to mend and says nothing more. */
export function useProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, problem);
  });
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfterSecs } = problem.extras;
  if (retryAfterSecs !== undefined) reply.header('retry-after', Math.ceil(retryAfterSecs));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.code === 'body_timeout') reply.header('connection', 'close');
  // A string, so that no response schema strips what the document says.
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send(problem.toDocument());
}

function asProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CryptoError) return fromCrypto(error);
  if (error.validation) return fromValidation(error);
  if (error.code in fastifyCodes) return new Problem(fastifyCodes[error.code]!);
  if (error instanceof WatchError) return new Problem('internal');
  if (error instanceof SyntaxError || error.statusCode === 400) return new Problem('body_invalid');
  return new Problem('internal');
}

/** What a member's binary message did wrong. Everything else that can go wrong in cryptography is ours. */
function fromCrypto(error: CryptoError): Problem {
  const at = error.at === undefined ? {} : { at: String(error.at) };
  if (error.code === 'element_invalid') return new Problem('element_invalid', undefined, at);
  if (error.code === 'ticket_forged' || error.code === 'ticket_expired') return new Problem('ticket_invalid');
  if (['wire_invalid', 'length_wrong', 'batch_size'].includes(error.code))
    return new Problem('message_invalid');
  return new Problem('internal');
}

function fromValidation(error: FastifyError): Problem {
  const { at, detail } = firstMistake(error.validation as unknown as TLocalizedValidationError[]);
  return new Problem(error.validationContext === 'body' ? 'body_invalid' : 'query_invalid', detail, { at });
}

const methods = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'] as const;

/** Unknown calls: 405 where the path exists with another method, else 404. */
export function sendUnknownRoute(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const url = request.url.split('?')[0]!;
  const allowed = methods.filter(
    (method) => method !== request.method && app.findRoute({ method, url }) !== null,
  );
  if (allowed.length === 0) return sendProblem(reply, new Problem('route_unknown'));
  // RFC 9110 15.5.6: a 405 MUST name the methods that are allowed.
  return sendProblem(reply.header('allow', allowed.join(', ')), new Problem('method_not_allowed'));
}

/** A path whose percent signs are not followed by UTF-8. */
export function sendBadUrl(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, new Problem('query_invalid', 'The path is not percent-encoded UTF-8'));
}

/** The page that `type` points to. */
export function problemsPage(): string {
  const rows = Object.entries(catalogue).map(
    ([code, { status, title }]) => `<tr id="${code}"><td><code>${code}</code><td>${status}<td>${title}`,
  );
  return `<!doctype html><html lang="en"><title>Kith: problems</title><h1>Problems</h1>
<p>Every error is an RFC 9457 document; branch on its <code>code</code>.
<table><thead><tr><th>code<th>status<th>meaning</thead>${rows.join('\n')}</table></html>`;
}
