import { BlockList, isIP } from 'node:net';
import { isPublic, parseAddress } from '@kith/detection';

/** Of what logs may show as public: ways to reach an IPv4 address in disguise, and what stands for nobody's server. */
const disguises = new BlockList();
disguises.addSubnet('192.88.99.0', 24, 'ipv4');
disguises.addSubnet('2001::', 23, 'ipv6');
disguises.addSubnet('2002::', 16, 'ipv6');
disguises.addSubnet('3fff::', 20, 'ipv6');

/** Whether an address is one of the public internet. IPv4 inside IPv6 is not: nobody on the internet is reached that way. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined || address.version !== isIP(text) || !isPublic(address)) return false;
  return !disguises.check(text, address.version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * The address that a URL names instead of a host; undefined where it names a host. However it was spelt (decimal, octal,
 * short, full-width), the URL parser has made it one.
 */
export function addressIn(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
}
