import { Problem } from '@kith/protocol';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/** So long the host's address is left in peace after it has failed, seconds. */
const retryAfterSecs = 5;

/** The public keys that the host publishes. That they cannot be had is not the token's fault, and is not said to be. */
export function publishedKeys(url: URL): JWTVerifyGetKey {
  const find = createRemoteJWKSet(url);
  let downUntil = 0;
  return async (header, token) => {
    if (!find.fresh && performance.now() < downUntil) throw unavailable();
    try {
      return await find(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      downUntil = performance.now() + retryAfterSecs * 1000;
      throw unavailable();
    }
  };
}

function unavailable(): Problem {
  return new Problem('host_keys_unavailable', undefined, { retryAfterSecs });
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
