import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { EventStore, Networks } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { DemoAnalyst } from '@kith/protocol/study';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type onRequestAsyncHookHandler,
} from 'fastify';
import { actionRoutes } from './actions/routes.ts';
import { OidcIssuer, type OidcOptions } from './analysts/oidc/issuer.ts';
import { analystRoutes } from './analysts/routes.ts';
import { sessionRoutes } from './analysts/session/routes.ts';
import type { MemberTokens } from './auth/member-tokens.ts';
import type { ServiceKeyCheck } from './auth/service-keys.ts';
import { bucketRoutes } from './buckets/routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { contactsRoutes } from './contacts/routes.ts';
import type { Context } from './context.ts';
import { asHost, asMember, oneMemberAtOnce } from './http/access.ts';
import { asAnalyst } from './http/access-of-analysts.ts';
import { buildSerializer } from './http/answers.ts';
import { useBinary } from './http/binary.ts';
import { useBodyTimeout } from './http/body-timeout.ts';
import { refuseClient } from './http/client-errors.ts';
import { useTidyClosing } from './http/connections.ts';
import { useOpenApi } from './http/openapi.ts';
import { sendBadUrl, sendUnknownRoute, useProblems } from './http/problems.ts';
import { useValidation } from './http/validation.ts';
import { isPageRequest, pageOf, useWebApp } from './http/web-app.ts';
import { incidentRoutes } from './incident/routes.ts';
import { issuingRoutes } from './issuing/routes.ts';
import { ledgerRoutes } from './ledger/search/routes.ts';
import { importRoutes } from './members/import/routes.ts';
import { hostRoutes, meRoutes } from './members/routes.ts';
import type { Metrics } from './operations/metrics.ts';
import { operationsRoutes } from './operations/routes.ts';
import { oprfRoutes } from './oprf/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { revealRoutes } from './reveals/routes.ts';
import { ringRoutes } from './rings/routes.ts';
import { slotRoutes } from './slots/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';

export type HallApp = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

const allRoutes = [
  hostRoutes,
  importRoutes,
  meRoutes,
  contactsRoutes,
  peopleRoutes,
  issuingRoutes,
  slotRoutes,
  oprfRoutes,
  bucketRoutes,
  revealRoutes,
  sessionRoutes,
  analystRoutes,
  overviewRoutes,
  ringRoutes,
  actionRoutes,
  ledgerRoutes,
  caseRoutes,
  incidentRoutes,
  webhookRoutes,
  operationsRoutes,
];

/** What routes work with. */
export interface HallServices {
  context: Context;
  tokens: MemberTokens;
  metrics: Metrics;
  networks: Networks | undefined;
  state: { stopping: boolean };
  requireHost: onRequestAsyncHookHandler;
  requireAnalyst: ReturnType<typeof asAnalyst>;
  requireMember: onRequestAsyncHookHandler;
  limitMember: onRequestAsyncHookHandler;
  /** Where detection reads, once it is open; undefined where nothing is watched. */
  events: () => Promise<EventStore | undefined>;
  /** How analysts can sign in. */
  oidc: OidcIssuer | undefined;
  signInWays: { local: boolean; oidc?: { name: string }; demo?: DemoAnalyst[] };
}

export interface AppOptions {
  context: Context;
  tokens: MemberTokens;
  serviceKeys: ServiceKeyCheck;
  metrics: Metrics;
  networks?: Networks;
  events?: Promise<EventStore | undefined>;
  logger?: FastifyBaseLogger;
  /** Peers whose `X-Forwarded-For` is believed: addresses or CIDR ranges. */
  trustedProxies?: readonly string[];
  /** The built web app, if it is to be served. */
  webAppDir?: string;
  /** More routes, for the demo. */
  extend?: (app: HallApp, services: HallServices) => void;
  limits?: Partial<typeof defaultLimits>;
  /** Whoever vouches for analysts, beside accounts of one's own. */
  oidc?: OidcOptions;
  /** Whether analysts may sign in with a password; default true. */
  localSignIn?: boolean;
  /** Analysts whom anyone may be, in the demo. */
  demoAnalysts?: DemoAnalyst[];
}

const defaultLimits = {
  /** 50,000 numbers as dialled, with room to spare. */
  bodyBytesMax: 4 * 1024 * 1024,
  bodyMs: 30_000,
  connectionsMax: 5_000,
};

/** The hall's HTTP side: limits, problems, access, and every concept's routes. */
export async function createApp(
  options: AppOptions,
): Promise<{ app: HallApp; state: { stopping: boolean } }> {
  const limits = { ...defaultLimits, ...options.limits };
  const app: HallApp = fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    bodyLimit: limits.bodyBytesMax,
    trustProxy: options.trustedProxies ? [...options.trustedProxies] : false,
    schemaController: { compilersFactory: { buildSerializer } },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) => sendBadUrl(reply),
    clientErrorHandler: refuseClient,
    // More than headers can hold: what is wrong with a long id is for the members to say.
    routerOptions: { maxParamLength: 20_000 },
    http: { headersTimeout: 15_000, requestTimeout: 0, keepAliveTimeout: 65_000 },
    // Ids of requests are ours alone: a caller's header must not write into the log.
    requestIdHeader: false,
    // Nothing of a request is logged: its headers carry tokens.
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = limits.connectionsMax;

  const services = servicesOf(options);
  useProblems(app);
  useValidation(app);
  useBodyTimeout(app, limits.bodyMs);
  useTidyClosing(app);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: contentSecurity(options.context.issuer.outside?.urls ?? []),
    strictTransportSecurity: true,
  });
  await app.register(fastifyCookie);
  useMeasuring(app, services);
  app.removeContentTypeParser('text/plain');
  useBinary(app);
  await useOpenApi(app);

  for (const routes of allRoutes) routes(app, services);
  options.extend?.(app, services);
  if (options.webAppDir) await useWebApp(app, options.webAppDir);
  app.setNotFoundHandler((request, reply) => {
    if (options.webAppDir && isPageRequest(request)) return reply.sendFile(pageOf(request));
    return sendUnknownRoute(app as unknown as FastifyInstance, request, reply);
  });
  return { app, state: services.state };
}

/** Everything from here; pictures of members may come from the host's servers. */
const contentSecurity = (issuerUrls: readonly string[]) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    // Issuers outside the service are asked by the member's own device.
    connectSrc: ["'self'", ...issuerUrls.map((url) => new URL(url).origin)],
    // The arithmetic of the private way; scripts from text stay forbidden.
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    imgSrc: ["'self'", 'data:', 'https:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
});

function servicesOf(options: AppOptions): HallServices {
  const gate = oneMemberAtOnce();
  const oidc = options.oidc && new OidcIssuer(options.oidc);
  return {
    context: options.context,
    tokens: options.tokens,
    metrics: options.metrics,
    networks: options.networks,
    state: { stopping: false },
    requireHost: asHost(options.serviceKeys),
    requireAnalyst: asAnalyst(options.serviceKeys, options.context),
    requireMember: asMember(options.tokens),
    limitMember: gate,
    events: async () => options.events,
    oidc,
    signInWays: {
      local: options.localSignIn ?? true,
      ...(oidc && { oidc: { name: oidc.name } }),
      ...(options.demoAnalysts && { demo: options.demoAnalysts }),
    },
  };
}

/** Requests that arrive while the service stops are sent elsewhere; all others are counted and timed. */
function useMeasuring(app: HallApp, { metrics, state }: HallServices): void {
  app.addHook('onRequest', async (request) => {
    if (state.stopping && request.url !== '/readyz')
      throw new Problem('shutting_down', undefined, { retryAfterSecs: 1 });
  });
  app.addHook('onResponse', async (request, reply) => {
    metrics.requested({
      method: request.method,
      // The pattern, never the path: ids do not belong into metrics.
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      secs: reply.elapsedTime / 1000,
    });
  });
}
