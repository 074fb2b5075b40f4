/** What an address is, as far as it can be told; `unknown` is an answer and stays one. */
export type NetworkKind = 'hosting' | 'tor' | 'proxy' | 'mobile' | 'residential' | 'unknown';

/**
 * Operators whose names do not give them away. The numbers are those under which the operators announce themselves in
 * the table of `@ip-location-db/asn`; what they sell is what their own websites say.
 */
const hostingNumbers: ReadonlySet<number> = new Set([
  16509,
  14618,
  8987, // Amazon Web Services
  8075, // Microsoft Azure
  396982,
  15169, // Google Cloud, and Google's own servers
  31898, // Oracle Cloud
  37963,
  45102, // Alibaba Cloud
  45090,
  132203, // Tencent Cloud
  16276,
  35540, // OVH
  24940,
  213230, // Hetzner
  14061, // DigitalOcean
  63949, // Akamai Connected Cloud (Linode)
  20473, // The Constant Company (Vultr)
  12876, // Scaleway
  51167, // Contabo
  9009, // M247
  60781,
  28753,
  30633, // Leaseweb
  36352, // HostPapa (ColoCrossing)
  8100, // QuadraNet
  40676, // Psychz
  62240, // Clouvider
  49505, // Selectel
  197540, // netcup
  47583, // Hostinger
  26496, // GoDaddy
  8560, // IONOS
]);

/**
 * Relays that millions of honest people sit behind: Cloudflare WARP and the egress of Apple's Private Relay
 * (Cloudflare, Akamai, Fastly). Calling them hosting would accuse every owner of a telephone that hides its address.
 */
const relayNumbers: ReadonlySet<number> = new Set([
  13335, 209242, 20940, 16625, 36183, 54113, 212238, 60068, 136787,
]);

const hostingName =
  /\b(hosting|hosted|host(ing)?er|data ?cent(er|re)s?|colo(cation)?|dedicated|vps|virtual private|cloud|servers?|racks?|webhost\w*|hetzner|ovh|leaseweb|contabo|digital ?ocean|linode|vultr|choopa|scaleway|hostwinds|hostinger|kamatera|zenlayer|selectel|timeweb|aeza|dreamhost|bluehost|ionos|upcloud|gcore|g-core|equinix|rackspace|amazon|alibaba|tencent)\b/i;
const proxyName =
  /\b(vpn|proxy|proxies|anonymi[sz]\w*|mullvad|nordvpn|packethub|proton ?(ag|vpn)|privax|surfshark|expressvpn)\b/i;
const mobileName =
  /\b(mobile|mobiles|mobil|mobility|m[oó]vil(es)?|wireless|cellular|cellco|gsm|lte|selular|celular|t-mobile|jio|airtel|mtn|safaricom|movistar|vodacom|mobinil)\b/i;
const residentialName =
  /\b(broadband|cable(vision)?|dsl|adsl|fib(er|re)|ftth|telecom\w*|telekom\w*|t[eé]l[eé]com\w*|telef[oó]nica|telephone|telephony|comcast|charter|cox|verizon|at&t|centurylink|frontier|virgin media|vodafone|orange|telia|telenor|proximus|rostelecom|chinanet|unicom|residential|internet service|isp)\b/i;

/**
 * Judges an operator by its number and by the name under which it announces its addresses.
 *
 * The order is that of certainty: a name with "cloud" in it is hosting even where "telecom" stands beside it; a name with
 * "mobile" is mobile even where it ends in "Communications". What no rule knows is `unknown`.
 */
export function kindOfOperator(asn: number, name: string): NetworkKind {
  if (relayNumbers.has(asn)) return 'proxy';
  if (hostingNumbers.has(asn)) return 'hosting';
  if (proxyName.test(name)) return 'proxy';
  if (hostingName.test(name)) return 'hosting';
  if (mobileName.test(name)) return 'mobile';
  if (residentialName.test(name)) return 'residential';
  return 'unknown';
}
