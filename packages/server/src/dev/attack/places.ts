import type { Origin } from '../../budgets/scopes.ts';

/**
 * Where the demo's requests come from. Countries are those of the story; networks and addresses are nobody's: numbers of
 * autonomous systems are from RFC 5398, address blocks from RFC 3849, both set apart for documentation.
 */
interface Net {
  country: string;
  asn: number;
  operator: string;
  kind: 'residential' | 'mobile' | 'hosting';
}

/** The three countries that the statement of February 2020 named. */
export const attackers = {
  iran: { country: 'IR', asn: 64_496, operator: 'Demo Telecom Alborz', kind: 'residential' },
  israel: { country: 'IL', asn: 64_497, operator: 'Demo Hosting Carmel', kind: 'hosting' },
  malaysia: { country: 'MY', asn: 64_498, operator: 'Demo Hosting Melaka', kind: 'hosting' },
} as const satisfies Record<string, Net>;

const homes: readonly Net[] = [
  { country: 'US', asn: 64_501, operator: 'Demo Cable East', kind: 'residential' },
  { country: 'US', asn: 64_502, operator: 'Demo Mobile', kind: 'mobile' },
  { country: 'US', asn: 64_503, operator: 'Demo Fibre West', kind: 'residential' },
  { country: 'CA', asn: 64_504, operator: 'Demo Nord', kind: 'residential' },
  { country: 'MX', asn: 64_505, operator: 'Demo Celular', kind: 'mobile' },
  { country: 'GB', asn: 64_506, operator: 'Demo Broadband', kind: 'residential' },
  { country: 'DE', asn: 64_507, operator: 'Demo Netz', kind: 'residential' },
  { country: 'BR', asn: 64_508, operator: 'Demo Banda Larga', kind: 'residential' },
  { country: 'IL', asn: 64_509, operator: 'Demo Cables Carmel', kind: 'residential' },
  { country: 'MY', asn: 64_510, operator: 'Demo Jalur', kind: 'mobile' },
];

/** Most of the town lives in the first few. */
export function homeOf(draw: number): Origin {
  const net = homes[Math.floor(homes.length * draw ** 2)] ?? homes[0]!;
  return originIn(net, Math.floor(draw * 1_000_003) % 4_096);
}

/** @param block which of the network's address blocks; 0 to 4,095 */
export function originIn(net: Net, block: number): Origin {
  const high = (net.asn - 64_496).toString(16);
  return {
    prefix: `2001:db8:${high}${block.toString(16).padStart(3, '0')}::/48`,
    network: net.asn,
    country: net.country,
    operator: net.operator,
    networkKind: net.kind,
  };
}
