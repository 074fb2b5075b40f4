import { quoted } from '../engine/sql-text.ts';
import type { EventColumn } from '../events/event.ts';
import type { LogField, Mapping } from './fields.ts';
import type { LogFormat } from './sniff.ts';
import { onlyColumn, textColumn } from './source.ts';

/** Before this, nobody uploaded address books: a clock or a unit is wrong. */
const earliestMs = Date.UTC(1995, 0, 1);
const dayMs = 86_400_000;
const textLengthMax = 200;

/** Columns of an imported event, each with its type and the SQL that fills it from the text columns of a log. */
export interface ImportColumn {
  name: string;
  type: string;
  sql: string;
}

const text = (name: string): Pick<ImportColumn, 'name' | 'type'> => ({ name, type: 'String' });
const word = (name: string): Pick<ImportColumn, 'name' | 'type'> => ({
  name,
  type: 'LowCardinality(String)',
});
const count = (name: string): Pick<ImportColumn, 'name' | 'type'> => ({ name, type: 'UInt32' });

type Maker = (column: string) => ImportColumn;
const makers: Partial<Record<LogField, Maker>> = {
  device: (t) => ({ ...text('device'), sql: shortSql(t) }),
  client: (t) => ({ ...word('client'), sql: shortSql(t) }),
  country: (t) => ({ ...word('country'), sql: countrySql(t) }),
  asn: (t) => ({ ...count('asn'), sql: `toUInt32OrZero(replaceRegexpOne(${t}, '^[Aa][Ss]', ''))` }),
  created: (t) => ({ name: 'created', type: 'Int64', sql: `ifNull(${timeSql(t)}, 0)` }),
  numbers: (t) => ({ ...count('numbers_new'), sql: countSql(t) }),
  rejected: (t) => ({ ...count('numbers_rejected'), sql: countSql(t) }),
  waiting: (t) => ({ ...count('numbers_waiting'), sql: countSql(t) }),
  met: (t) => ({ ...count('slots_met'), sql: countSql(t) }),
  found: (t) => ({ ...count('reveals'), sql: countSql(t) }),
  hit: (t) => ({ ...count('reveals'), sql: hitSql(t) }),
  canaries: (t) => ({ ...count('canaries'), sql: countSql(t) }),
  followed: (t) => ({ ...count('followed'), sql: countSql(t) }),
  solitary: (t) => ({ ...count('solitary'), sql: countSql(t) }),
  number_country: (t) => ({ ...word('number_country'), sql: countrySql(t) }),
};

/** Names of the columns that count something of a row, and so must not be counted twice. */
export const countColumns: ReadonlySet<string> = new Set<EventColumn | string>([
  'numbers_rejected',
  'numbers_waiting',
  'slots_met',
  'reveals',
  'canaries',
  'followed',
]);

/** The columns that a log with this mapping fills. */
export function columnsOf(mapping: Mapping, key: AddressKey): Map<string, ImportColumn> {
  const columns = new Map<string, ImportColumn>();
  for (const field of Object.keys(mapping) as LogField[]) {
    const made = makers[field]?.(textColumn(field));
    if (made) columns.set(made.name, made);
  }
  if (mapping.ip !== undefined)
    columns.set('address', { name: 'address', type: key.type, sql: key.sql(textColumn('ip')) });
  if (mapping.number === undefined && mapping.numbers !== undefined) {
    const numbers = countSql(textColumn('numbers'));
    if (mapping.solitary !== undefined) columns.set('sketched', { ...count('sketched'), sql: numbers });
    if (mapping.number_country !== undefined)
      columns.set('number_country_count', { ...count('number_country_count'), sql: numbers });
  }
  return columns;
}

/** Bytes that are no UTF-8 are read as Latin-1, so that two names stay two. */
export function utf8Sql(column: string): string {
  return `if(isValidUTF8(${column}), ${column}, convertCharset(${column}, 'latin1', 'utf-8'))`;
}

export function shortSql(column: string): string {
  return `substringUTF8(${utf8Sql(`substring(${column}, 1, ${textLengthMax * 4})`)}, 1, ${textLengthMax})`;
}

function countrySql(column: string): string {
  return `if(match(${column}, '^[A-Za-z]{2}$'), upper(${column}), '')`;
}

/** A count, or a list whose entries are counted. */
function countSql(column: string): string {
  return `ifNull(toUInt32OrNull(${column}), toUInt32(least(if(startsWith(${column}, '['), toFloat64(JSONLength(${column})), greatest(toFloat64OrZero(${column}), 0)), 4000000000)))`;
}

const hitWords = ['true', 'yes', 'y', '1', 'hit', 'found', 'match', 'matched', 'ok', '200'];

function hitSql(column: string): string {
  return `toUInt32(lower(${column}) IN (${hitWords.map(quoted).join(', ')}))`;
}

/** Milliseconds since 1970, or NULL. Years stand first, or months are written out: nothing else tells days from months. */
export function timeSql(column: string): string {
  const number = `toFloat64OrZero(${column})`;
  const bare = `trim(BOTH '[]' FROM ${column})`;
  return `multiIf(
    ${column} = '', NULL,
    substring(${column}, 5, 1) = '-', toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${column}, 3, 'UTC')),
    match(${column}, '^[0-9]+([.][0-9]+)?$'), toInt64(multiIf(${number} < 1e11, ${number} * 1000, ${number} < 1e14, ${number}, ${number} < 1e17, ${number} / 1e3, ${number} / 1e6)),
    match(${column}, '^.?[0-9]{2}/[A-Z]'), toInt64(toUnixTimestamp(parseDateTimeOrNull(${bare}, '%d/%b/%Y:%H:%i:%s %z', 'UTC'))) * 1000,
    match(${column}, '[A-Za-z]{3}'), toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${column}, 3, 'UTC')),
    NULL)`;
}

/** What an address is looked up by. */
export interface AddressKey {
  type: 'UInt64' | 'String';
  /** SQL for the key of an address in a text column. */
  sql: (column: string) => string;
  /** SQL condition for a key of an address. */
  known: string;
  /** An address of that key, as text. */
  addressOf: (key: string | number) => string;
}

/** Where IPv6 networks begin among the keys. */
const v6From = 2 ** 48;

/**
 * By the network that an address is in: its /24 or /48, of which countries and operators hardly ever hold a part. A number, for
 * it is compared millions of times. The first of several addresses counts, ports and brackets are dropped.
 */
export const networkKey: AddressKey = {
  type: 'UInt64',
  sql: (column) => {
    const first = firstAddressSql(column);
    const v4 = (ip: string): string => `toUInt64(bitShiftRight(toUInt32(toIPv4OrDefault(${ip})), 8)) + 1`;
    const bytes = `reinterpretAsFixedString(toIPv6OrDefault(${first}))`;
    return `multiIf(
      isIPv4String(${column}), ${v4(column)},
      isIPv4String(${first}), ${v4(first)},
      startsWith(lower(${first}), '::ffff:'), ${v4(`substring(${first}, 8)`)},
      isIPv6String(${first}), ${v6From} + reinterpretAsUInt64(reverse(substring(${bytes}, 1, 6))), toUInt64(0))`;
  },
  known: 'address != 0',
  addressOf: (key) => {
    const value = Number(key);
    if (value < v6From) {
      const block = value - 1;
      return `${block >>> 16}.${(block >>> 8) & 255}.${block & 255}.0`;
    }
    const digits = (value - v6From).toString(16).padStart(12, '0');
    return `${digits.slice(0, 4)}:${digits.slice(4, 8)}:${digits.slice(8)}::`;
  },
};

/** By the whole address, for lists that mark single ones. */
export const wholeAddressKey: AddressKey = {
  type: 'String',
  sql: (column) => {
    const first = firstAddressSql(column);
    return `multiIf(isIPv4String(${column}), ${column}, isIPv4String(${first}) OR isIPv6String(${first}), ${first}, '')`;
  },
  known: "address != ''",
  addressOf: String,
};

function firstAddressSql(column: string): string {
  const first = `trim(splitByChar(',', ${column})[1])`;
  return `multiIf(
    startsWith(${first}, '['), extract(${first}, '^.([^]]*)'),
    match(${first}, '^[0-9.]+:[0-9]+$'), splitByChar(':', ${first})[1],
    ${first})`;
}

/** The reason of lines that are in order, and left out nevertheless. */
export const robotReason = 'a robot that says so';

/** Why a row is no event; '' for an event. */
export function reasonSql(format: LogFormat, now: number): string {
  const notJson = format === 'ndjson' ? "NOT isValidJSON(raw), 'not JSON'," : '';
  const robot = format === 'combined' ? `robot, ${quoted(robotReason)},` : '';
  return `multiIf(
    ${robot}
    member != '' AND time IS NOT NULL AND time >= ${earliestMs} AND time < ${now + dayMs}, '',
    ${notJson} member = '', 'no account', time IS NULL, 'no time', time < ${earliestMs}, 'a time before 1995', 'a time in the future')`;
}

/** One `--only`: a column and what must stand in it. */
export interface Only {
  column: string;
  /** With `*` for anything. */
  wanted: string;
}

/** Condition that all of `--only` hold; alternatives for one column are alternatives. */
export function onlySql(only: readonly Only[]): string {
  const byColumn = new Map<string, string[]>();
  for (const [place, { column, wanted }] of only.entries()) {
    const likes = byColumn.get(column) ?? [];
    byColumn.set(column, likes);
    likes.push(`${onlyColumn(place)} LIKE ${quoted(likePattern(wanted))}`);
  }
  return [...byColumn.values()].map((likes) => `(${likes.join(' OR ')})`).join(' AND ') || '1';
}

function likePattern(wanted: string): string {
  return wanted.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}
