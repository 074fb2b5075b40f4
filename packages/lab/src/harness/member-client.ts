import { KithHttp } from '@kith/client';

/** Where a member's calls come from. */
export interface Device {
  /** The address that the trusted proxy reports, IPv4 or IPv6. */
  address?: string;
  deviceId?: string;
  /** User-Agent. */
  client?: string;
}

/** A member's calls over real HTTP. Nothing is retried: in the lab a refusal is a result. */
export function createMemberClient(
  origin: string,
  token: () => Promise<string>,
  device: Device = {},
): KithHttp {
  const send: typeof fetch = (url, init = {}) => {
    const headers = new Headers(init.headers);
    if (device.address) headers.set('x-forwarded-for', device.address);
    if (device.client) headers.set('user-agent', device.client);
    return fetch(url, { ...init, headers });
  };
  return new KithHttp({
    origin,
    token,
    fetch: send,
    retry: { attemptsMax: 1 },
    timeoutMs: 120_000,
    ...(device.deviceId !== undefined && { deviceId: device.deviceId }),
  });
}
