import { logFields } from './fields.ts';

/** What `kith investigate` can be told; each option described once, for the command line and for the documentation. */
export interface InvestigateOptions {
  /** `member=user_id,at=ts,...`; what is not mapped is guessed. */
  map?: string;
  /** Country whose plan numbers are read by that do not begin with `+`, ISO 3166 alpha-2. */
  region?: string;
  /** Folder for the outputs; made where it does not exist. */
  out?: string;
  /** `column=text`, `*` standing for anything: rows where something else stands are left out. */
  only?: readonly string[];
  /** Share of broken lines above which nothing is reported, 0 to 1. */
  maxBad?: number;
  /** Rings whose profile is searched for: ids of this run, `all`, or `rings.json#id` of an earlier one. */
  like?: readonly string[];
  /** `rings.json` of an earlier run, whose rings keep their ids. */
  known?: string;
  seed?: number;
  /** Days looked at together; longer logs are read window by window. */
  windowDays?: number;
  honestPer100k?: number;
  asnFile?: string;
  countryFile?: string;
  torFile?: string;
  proxyFile?: string;
  /** The result as JSON on stdout. */
  json?: boolean;
  /** Milliseconds since 1970; the present by default. */
  now?: number;
}

/** One option of the command: how it is written, and what it does. */
export interface OptionSpec {
  flags: string;
  description: string;
  kind: 'text' | 'number' | 'flag' | 'list';
  name: keyof InvestigateOptions;
}

export const investigateOptions: readonly OptionSpec[] = [
  {
    flags: '--map <fields>',
    name: 'map',
    kind: 'text',
    description: 'which column holds what: member=user_id,at=ts,ip=client_ip,...; the rest is guessed',
  },
  {
    flags: '--only <condition>',
    name: 'only',
    kind: 'list',
    description: 'read only rows where a column holds a text: path=/contacts/*, action=lookup; repeatable',
  },
  {
    flags: '--region <country>',
    name: 'region',
    kind: 'text',
    description:
      'numbers without + are of this country (GB, IN, US, ...); without it, their country is unknown',
  },
  {
    flags: '--out <folder>',
    name: 'out',
    kind: 'text',
    description: 'where report.html, rings.json and accounts.csv go (default "investigation")',
  },
  {
    flags: '--max-bad <share>',
    name: 'maxBad',
    kind: 'number',
    description: 'share of broken lines above which nothing is reported (default 0.05)',
  },
  {
    flags: '--like <ring>',
    name: 'like',
    kind: 'list',
    description:
      'who else did this: an id of this run, "all", or rings.json#id of an earlier one; repeatable',
  },
  {
    flags: '--known <file>',
    name: 'known',
    kind: 'text',
    description: 'rings.json of an earlier run: its rings keep their ids',
  },
  {
    flags: '--seed <n>',
    name: 'seed',
    kind: 'number',
    description: 'the same seed gives the same rings (default 1)',
  },
  {
    flags: '--window-days <n>',
    name: 'windowDays',
    kind: 'number',
    description: 'days looked at together; longer logs are read window by window (default 90)',
  },
  {
    flags: '--honest-per-100k <n>',
    name: 'honestPer100k',
    kind: 'number',
    description: 'honest accounts in 100,000 that may be flagged (default 1)',
  },
  {
    flags: '--asn-file <mmdb>',
    name: 'asnFile',
    kind: 'text',
    description: 'operators of addresses, instead of the free table',
  },
  {
    flags: '--country-file <mmdb>',
    name: 'countryFile',
    kind: 'text',
    description: 'countries of addresses, instead of the free table',
  },
  {
    flags: '--tor-file <text>',
    name: 'torFile',
    kind: 'text',
    description: 'exits of the Tor network, one address a line',
  },
  {
    flags: '--proxy-file <text>',
    name: 'proxyFile',
    kind: 'text',
    description: 'exits of proxies, one address a line',
  },
  { flags: '--json', name: 'json', kind: 'flag', description: 'the result as one JSON document on stdout' },
];

/** Below the options in `kith investigate --help`: fields, an example, exit codes. */
export const investigateHelp = `
Fields of --map (only the account and the time are needed; what is missing silences signals, and the report says which):
${Object.entries(logFields)
  .map(([name, { means }]) => `  ${name.padEnd(15)} ${means}`)
  .join('\n')}
A number instead of a column is a constant: numbers=1 where every row is one lookup.
In access logs, columns are also method, path, path.2 (its second part), query.NAME and cookie.NAME.

Examples:
  kith investigate 'logs/contacts-*.ndjson.gz'
  kith investigate uploads.csv --map member=user_id,at=ts,ip=client_ip,numbers=contact_count,found=matches
  kith investigate access.log --only 'path=/api/contacts*' --map member=query.user
  kith investigate new.ndjson --like old/rings.json#ring-1

Exit codes: 0 nothing found, 1 rings found, 2 error, 130 stopped`;
