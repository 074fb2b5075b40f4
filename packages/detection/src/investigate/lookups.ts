import type { Engine } from '../engine/index.ts';
import { quoted } from '../engine/sql-text.ts';
import { callingCodes, type DialPlan } from './calling-codes.ts';
import { countColumns, type ImportColumn } from './import-sql.ts';

/** Lookups of one account that arrive this close together, from one place, are one sync. */
const syncMs = 600_000;
/** Numbers whose neighbours stand this close are a run. */
const runGapMax = 10;

/**
 * Logs that hold the numbers themselves. A number is kept as a keyed hash of all but its last three digits, with those three
 * beside it: neighbours can be told, and numbers cannot, once the key is gone with the run. Its first seven digits say where
 * it belongs.
 */
export interface NumberKey {
  /** Two 64-bit words, as decimal text. */
  words: readonly [string, string];
}

/**
 * SQL for the numbers in a column: tuples of (number, prefix). A list is JSON, or parted by commas, semicolons or bars.
 *
 * @param plan by which numbers are read that do not say their country; without it, theirs is unknown.
 */
export function numbersSql(column: string, key: NumberKey, plan: DialPlan | undefined): string {
  const list = `multiIf(
    startsWith(${column}, '['), JSONExtract(${column}, 'Array(String)'),
    match(${column}, '[,;|]'), splitByRegexp('[,;|]', ${column}),
    ${column} = '', [], [${column}])`;
  const digits = "replaceRegexpAll(n, '[^0-9]', '')";
  const { international, isWhole } = plan ? atHome(digits, plan) : anywhere(digits);
  const hash = (value: string): string =>
    `sipHash64Keyed((${key.words.map((word) => `toUInt64(${word})`).join(', ')}), ${value})`;
  const isNumber = `(length(${digits}) BETWEEN 7 AND 17 AND NOT match(n, '[A-Za-z]'))`;
  // 52 bits of the hash, and room for the last three digits, which leaves a gap of 24 between any two hashes.
  const kept = `bitShiftLeft(bitAnd(${hash(`substring(${international}, 1, length(${international}) - 3)`)}, 4503599627370495), 10) + toUInt64OrZero(substring(${international}, length(${international}) - 2))`;
  const other = `bitShiftLeft(bitAnd(${hash('n')}, 4503599627370495), 10)`;
  return `arrayDistinct(arrayMap(n -> if(${isNumber},
      (${kept}, if(${isWhole}, toUInt32OrZero(substring(${international}, 1, 7)), toUInt32(0))), (${other}, toUInt32(0))),
    arrayFilter(n -> n != '', ${list})))`;
}

interface Reading {
  /** SQL for the digits from the calling code on. */
  international: string;
  /** SQL condition: the calling code is there. */
  isWhole: string;
}

function anywhere(digits: string): Reading {
  return {
    international: `if(startsWith(${digits}, '00'), substring(${digits}, 3), ${digits})`,
    isWhole: `(startsWith(trim(n), '+') OR startsWith(${digits}, '00') OR length(${digits}) >= 11)`,
  };
}

/** As somebody in the country dials; who writes its calling code without `+` is understood where the number is long enough. */
function atHome(digits: string, { callingCode, abroad, national }: DialPlan): Reading {
  const isWritten = `startsWith(trim(n), '+') OR (startsWith(${digits}, '${callingCode}') AND length(${digits}) >= 11)`;
  return {
    international: `multiIf(${isWritten}, ${digits}, startsWith(${digits}, '${abroad}'), substring(${digits}, ${abroad.length + 1}),
      concat('${callingCode}', replaceRegexpOne(${digits}, ${quoted(national)}, '\\\\1')))`,
    isWhole: '1',
  };
}

/** Makes the table of lookups, one row a number, and the one that says whose a prefix is. */
export async function createLookups(
  engine: Engine,
  database: string,
  columns: ReadonlyMap<string, ImportColumn>,
): Promise<void> {
  const stored = ['member String', 'at Int64', 'number UInt64', 'area UInt32', 'place UInt32'];
  for (const { name, type } of columns.values()) stored.push(`${name} ${type}`);
  await engine.command(
    `CREATE TABLE ${database}.lookups (${stored.join(', ')}) ENGINE = MergeTree ORDER BY (member, number, at)`,
  );
  await engine.command(
    `CREATE TABLE ${database}.codes (code UInt32, country String) ENGINE = Join(ANY, LEFT, code)`,
  );
  const rows = callingCodes.map(([code, country]) => `(${code}, ${quoted(country)})`);
  await engine.command(`INSERT INTO ${database}.codes VALUES ${rows.join(', ')}`);
}

/** SELECT that turns rows of the log into rows of lookups: what a row counts goes with its first number alone. */
export function lookupsSelect(database: string, columns: ReadonlyMap<string, ImportColumn>): string {
  const kept = [...columns.keys()].map((name) =>
    countColumns.has(name) ? `if(place = 1, ${name}, 0) AS ${name}` : name,
  );
  return `SELECT member, at, token.1 AS number, token.2 AS area, place, ${kept.join(', ')}
    FROM ${database}.incoming ARRAY JOIN numbers AS token, arrayEnumerate(numbers) AS place WHERE why = ''`;
}

/** Columns of events that lookups add up to. */
export const lookupColumns = [
  'numbers_new',
  'numbers_repeated',
  'sketched',
  'solitary',
  'in_runs',
  'number_prefixes',
  'number_country',
  'number_country_count',
] as const;

/** Adds the lookups up to syncs: who asked, when, from where, how many new numbers, and what they looked like. */
export async function fillEventsFromLookups(
  engine: Engine,
  database: string,
  columns: ReadonlyMap<string, ImportColumn>,
): Promise<void> {
  const names = [...columns.keys()];
  const counts = names.filter((name) => countColumns.has(name));
  const summed = counts.map(
    (name) => `toUInt32(${name === 'reveals' ? 'sumIf(l.reveals, is_first)' : `sum(l.${name})`})`,
  );
  const times: string[] = names.filter((name) => name === 'created');
  // A sync comes from one place: where any of the rest differs, it is another.
  const places = names.filter((name) => !counts.includes(name) && !times.includes(name));
  const group = ['member', 'sync', ...places].join(', ');
  const fresh = 'toUInt32(countIf(is_first))';
  const countries = "sumMapIf([of_country], [toUInt64(1)], is_first AND of_country != '')";
  const mostCommon = `if(empty(${countries}.1), '', ${countries}.1[indexOf(${countries}.2, arrayMax(${countries}.2))])`;
  const shared = `SELECT number FROM ${database}.lookups GROUP BY number HAVING min(member) != max(member)`;
  const values: Record<(typeof lookupColumns)[number], string> = {
    numbers_new: fresh,
    numbers_repeated: 'toUInt32(countIf(NOT is_first))',
    sketched: fresh,
    solitary: `toUInt32(countIf(is_first AND l.number NOT IN (${shared})))`,
    in_runs: `toUInt32(${runsSql('groupArrayIf(l.number, is_first)')})`,
    number_prefixes: 'toUInt32(uniqExactIf(l.area, is_first AND l.area > 0))',
    number_country: mostCommon,
    number_country_count: `toUInt32(arrayMax(arrayPushBack(${countries}.2, toUInt64(0))))`,
  };
  await engine.command(`
INSERT INTO ${database}.events (${['member', 'at', ...places, ...counts, ...times, ...lookupColumns].join(', ')})
SELECT ${['member', 'min(l.at)', ...places, ...summed, ...times.map((name) => `max(l.${name})`), ...lookupColumns.map((name) => values[name])].join(', ')}
FROM (
  SELECT *, intDiv(at, ${syncMs}) AS sync, ${countryOfSql(database, 'area')} AS of_country,
    row_number() OVER (PARTITION BY member, number ORDER BY ${['at', ...places].join(', ')}) = 1 AS is_first
  FROM ${database}.lookups
) AS l
GROUP BY ${group}`);
  await engine.command(`DROP TABLE ${database}.lookups SYNC`);
}

/** How many have a neighbour at most ten away. */
function runsSql(array: string): string {
  const fenced = `arrayConcat([toInt64(-1000000)], arraySort(arrayMap(n -> toInt64(n), ${array})), [toInt64(9223372036853775807)])`;
  const steps = `arrayDifference(${fenced})`;
  return `arrayCount((down, up) -> down <= ${runGapMax} OR up <= ${runGapMax}, arraySlice(${steps}, 2, length(${steps}) - 2), arraySlice(${steps}, 3))`;
}

/** The country of a seven-digit prefix: the longest calling code that it begins with. */
function countryOfSql(database: string, area: string): string {
  const found = [1_000, 10_000, 100_000, 1_000_000].map(
    (divisor) => `nullIf(joinGet('${database}.codes', 'country', toUInt32(intDiv(${area}, ${divisor}))), '')`,
  );
  return `ifNull(coalesce(${found.join(', ')}), '')`;
}
