import { addressPrefix, type Networks } from '@kith/detection';

/** First of the private-use autonomous system numbers, RFC 6996. */
const asnFirst = 4_200_000_000;

/**
 * The networks of a simulated internet: every IPv4 /16, and every IPv6 /32, is an operator of its own. The real table
 * takes seconds to load and changes with its date; attacks need only that neighbours share an operator.
 */
export const simulatedNetworks: Networks = {
  ready: Promise.resolve(),
  sources: ['simulated'],
  lookup: (ip) => ({ asn: asnFirst + operatorOf(ip), kind: 'unknown', prefix: addressPrefix(ip) }),
};

function operatorOf(ip: string): number {
  const [high = 0, low = 0] = ip.includes(':')
    ? ip.split(':').map((group) => Number.parseInt(group || '0', 16))
    : ip.split('.').map(Number);
  return ip.includes(':') ? 0x1_0000 + high * 0x1_0000 + low : high * 256 + low;
}
