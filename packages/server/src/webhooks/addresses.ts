import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no stranger's server has: this host, private and shared networks, links, documentation, benchmarks, groups
 * and what is reserved (the IANA special-purpose registries, RFC 6890).
 */
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6 only 2000::/3 is given out; of that, ways to reach an IPv4 address in disguise, and documentation, are not. */
const given6 = ['2000::', 3] as const;
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [net, bits] of special4) refused.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of special6) refused.addSubnet(net, bits, 'ipv6');
const given = new BlockList();
given.addSubnet(...given6, 'ipv6');

/** Whether an address is one of the public internet. IPv4 inside IPv6 is not: nobody on the internet is reached that way. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && given.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

/**
 * The address that a URL names instead of a host; undefined where it names a host. However it was spelt (decimal, octal,
 * short, full-width), the URL parser has made it one.
 */
export function addressIn(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
}
