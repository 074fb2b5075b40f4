import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openNetworks } from '@kith/detection';
import type { Config } from '../config/environment.ts';
import { readIssuers } from '../config/issuers-file.ts';
import { readPolicy } from '../config/policy-file.ts';
import { openEvents } from '../events/open.ts';
import { type Hall, type HallOptions, startHall } from '../hall.ts';
import { createLogger } from '../operations/logger.ts';

/** The built web app; absent in a checkout that has not built it. */
const webAppDir = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** Starts the hall as configured, on this database. */
export async function startService(
  config: Config,
  given: Pick<HallOptions, 'databaseUrl' | 'keyEncryptionKey'> & Partial<HallOptions>,
): Promise<Hall> {
  const policy = await readPolicy(config.policyFile);
  const issuers = await readIssuers(config.issuersFile);
  const protectedMembers = await readProtectedMembers(config.protectedMembersFile);
  const networks = await openNetworks(config.networks);
  const log = createLogger(config.logLevel);
  // Last, because from here on there is something to close. The engine takes a second or two to start; nobody who asks the
  // service something has to wait for it.
  const events = openEvents(config, log).catch((error) => {
    log.error({ err: error }, 'the event store cannot be opened: nothing is watched');
    return undefined;
  });
  const hall = await startHall({
    policy,
    privateWebhooks: config.privateWebhooks,
    protectedMembers,
    events,
    ...(issuers && { issuers }),
    log,
    networks,
    ...(existsSync(webAppDir) && { webAppDir }),
    ...(config.hostTokens && { hostTokens: config.hostTokens }),
    ...(config.http.trustedProxies.length > 0 && { trustedProxies: config.http.trustedProxies }),
    ...(config.oidc && { oidc: { ...config.oidc, ...oidcSecretOf(config) } }),
    localSignIn: config.localSignIn,
    tokenTtlSecs: config.tokenTtlSecs,
    host: config.http.host,
    port: config.http.port,
    ...given,
  }).catch(async (error) => {
    await (await events)?.close();
    throw error;
  });
  return {
    ...hall,
    stop: async () => {
      await hall.stop();
      await (await events)?.close();
    },
  };
}

const oidcSecretOf = ({ secrets: { oidcClientSecret } }: Config) =>
  oidcClientSecret === undefined ? {} : { clientSecret: oidcClientSecret };

async function readProtectedMembers(file: string | undefined): Promise<string[]> {
  if (!file) return [];
  const text = await readFile(file, 'utf8');
  return text.split(/\r?\n/).filter(Boolean);
}
