import type { Engine } from '../engine/index.ts';
import type { MemberSignal, Reference, ReferenceSql, ShareSql, TailSql } from '../signals/signal.ts';
import { cohorts } from './features.ts';
import { logGamma } from './log-gamma.ts';
import { typical, type WeekRow, weekSql } from './weeks.ts';

/** Fewer peers than this say nothing of what is normal: then everybody is the cohort. */
const peersMin = 200;
/**
 * So few still say how many of them look as enumerators do. In a country that the service has just reached nobody else has asked about
 * anybody's friends yet, and hardly any of them are there.
 */
const alikePeersMin = 20;

/** What was measured of one reference in one group of peers. */
export interface Spread {
  count: number;
  quartiles: readonly [number, number, number];
  /** For tails: above these lie a tenth, three and one in a hundred. */
  far: readonly [number, number, number];
  /** For shares: the parts of all together over the wholes of all together. */
  mean: number;
  /** For shares: how many look as enumerators do. */
  alike: number;
}

type Row = Record<string, number | string | number[] | null> & WeekRow;

/**
 * Measures how every reference is spread over its peers.
 *
 * @param source SQL of a query (in parentheses) or a table with one row a member.
 * @returns SQL constants for weights, chosen by the columns `cohort` and `number_country` of the row at hand.
 */
export async function measureReferences(
  engine: Engine,
  source: string,
  signals: readonly MemberSignal[],
): Promise<ReferenceSql> {
  const named = new Map(signals.flatMap((signal) => Object.entries(signal.references)));
  const names = [...named.keys()];
  const byCountry = names.filter((name) => named.get(name)?.among === 'number_country');
  if (names.length === 0) return new Measured(named, new Map(), new Map());
  const columns = (of: readonly string[]): string =>
    of.map((name, i) => columnsSql(named.get(name), i)).join(', ');
  const [rows, found] = await Promise.all([
    engine.query<Row>(`
SELECT cohort, ${weekSql} AS week, ${columns(names)}
FROM ${source} GROUP BY GROUPING SETS ((cohort, week), (cohort), (week), ())`),
    byCountry.length === 0
      ? []
      : engine.query<Row>(`
SELECT number_country, ${weekSql} AS week, ${columns(byCountry)}
FROM ${source} WHERE number_country != '' GROUP BY GROUPING SETS ((number_country, week), (number_country)) ORDER BY number_country, week`),
  ]);
  return new Measured(named, spreads(names, rows, 'cohort'), spreads(byCountry, found, 'number_country'));
}

function columnsSql(reference: Reference | undefined, i: number): string {
  if (!reference) throw new TypeError('reference without a name');
  const where = `(${reference.where})`;
  const value =
    reference.kind === 'tail' ? reference.value : `(${reference.part}) / greatest(${reference.whole}, 1)`;
  const mean =
    reference.kind === 'tail'
      ? '0.'
      : `sumIf(${reference.part}, ${where}) / greatest(sumIf(${reference.whole}, ${where}), 1)`;
  const alike =
    reference.kind === 'tail'
      ? '0.'
      : `countIf(${where} AND (${reference.alike})) / greatest(countIf(${where}), 1)`;
  return `quantilesExactIf(0.25, 0.5, 0.75, 0.9, 0.97, 0.99)(toFloat64(${value}), ${where}) AS q${i}, countIf(${where}) AS n${i}, ${mean} AS m${i}, ${alike} AS a${i}`;
}

/** Group '' holds everybody (the empty grouping set yields the column's default value, 0 or ''). */
function spreads(
  names: readonly string[],
  rows: readonly Row[],
  by: string,
): Map<string, Map<string, Spread>> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = row[by] === 0 ? '' : String(row[by]);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return new Map(
    names.map((name, i) => [name, new Map([...groups].map(([group, mine]) => [group, spreadOf(mine, i)]))]),
  );
}

function spreadOf(rows: readonly Row[], i: number): Spread {
  const count = (row: Row): number => Number(row[`n${i}`] ?? 0);
  const number = (column: string): number => typical(rows, count, (row) => Number(row[`${column}${i}`] ?? 0));
  const quantile = (which: number): number =>
    typical(rows, count, (row) => ((row[`q${i}`] ?? []) as (number | null)[])[which] ?? 0);
  return {
    count: count(rows.find(({ week }) => week === 0) ?? ({ week: 0 } as Row)),
    quartiles: [quantile(0), quantile(1), quantile(2)],
    far: [quantile(3), quantile(4), quantile(5)],
    mean: number('m'),
    alike: number('a'),
  };
}

const nobody: Spread = { count: 0, quartiles: [0, 0, 0], far: [0, 0, 0], mean: 0, alike: 0 };

class Measured implements ReferenceSql {
  readonly #named: ReadonlyMap<string, Reference>;
  readonly #ages: ReadonlyMap<string, ReadonlyMap<string, Spread>>;
  readonly #countries: ReadonlyMap<string, ReadonlyMap<string, Spread>>;

  constructor(
    named: ReadonlyMap<string, Reference>,
    ages: ReadonlyMap<string, ReadonlyMap<string, Spread>>,
    countries: ReadonlyMap<string, ReadonlyMap<string, Spread>>,
  ) {
    this.#named = named;
    this.#ages = ages;
    this.#countries = countries;
  }

  tail(name: string): TailSql {
    const everyone = this.#spread(name, '');
    return this.#chosen(name, ['median', 'scale', 'q90', 'q97', 'q99', 'fall'], (spread) =>
      fitTail(spread, everyone),
    );
  }

  share(name: string): ShareSql {
    return this.#chosen(name, ['a', 'b', 'logBeta', 'mean', 'alike'], fitShare);
  }

  #chosen<K extends string>(
    name: string,
    keys: readonly K[],
    fit: (spread: Spread) => Record<K, number>,
  ): Record<K, string> {
    const reference = this.#named.get(name);
    if (!reference) throw new TypeError(`no reference ${name}`);
    const everyone = fit(this.#spread(name, ''));
    const sql = (key: K): string => {
      if (reference.among === 'everyone') return literal(everyone[key]);
      if (reference.among === 'number_country')
        return this.#byCountry(
          name,
          key === 'alike' ? alikePeersMin : peersMin,
          (spread) =>
            spread.count >= peersMin ? fit(spread)[key] : Math.max(fit(spread)[key], everyone[key]),
          everyone[key],
        );
      const constants = Array.from({ length: cohorts }, (_, i) =>
        literal(fit(this.#enough(name, `${i + 1}`))[key]),
      );
      // Where all are alike (as where no event says how old its account is), the engine need not be told so hundreds of times.
      const alike = new Set(constants).size === 1 ? constants[0] : undefined;
      return alike ?? `arrayElement([${constants.join(', ')}], cohort)`;
    };
    return Object.fromEntries(keys.map((key) => [key, sql(key)])) as Record<K, string>;
  }

  #byCountry(name: string, least: number, fit: (spread: Spread) => number, otherwise: number): string {
    const groups = [...(this.#countries.get(name) ?? [])].filter(([, spread]) => spread.count >= least);
    if (groups.length === 0) return literal(otherwise);
    const names = groups.map(([country]) => `'${country.replaceAll(/[^A-Za-z0-9]/g, '')}'`);
    const values = groups.map(([, spread]) => literal(fit(spread)));
    return `transform(toString(number_country), [${names.join(', ')}], [${values.join(', ')}], ${literal(otherwise)})`;
  }

  #enough(name: string, cohort: string): Spread {
    const own = this.#ages.get(name)?.get(cohort);
    return own && own.count >= peersMin ? own : this.#spread(name, '');
  }

  #spread(name: string, group: string): Spread {
    return this.#ages.get(name)?.get(group) ?? nobody;
  }
}

/** A cohort may excuse at most three times what everybody does: one that is full of enumerators must not make them normal. */
const excuseMax = Math.log(3);
const scaleMin = 0.35;
const scaleMax = 2;
/** The upper quartile of a logistic distribution of scale 1/1.7 lies this far above its median. */
const quartileOfScaleOne = Math.log(3) / 1.7;

/** Beyond the last quantile the crowd is taken to go on falling as before, by so many nats a unit. */
const fallMin = 1;
const fallMax = 1.7 / scaleMin;

export interface TailFit {
  median: number;
  scale: number;
  q90: number;
  q97: number;
  q99: number;
  fall: number;
}

/** Quantiles lie at least as far apart as a crowd of the smallest scale has them: small differences between people prove nothing. */
export function fitTail(spread: Spread, everyone: Spread): TailFit {
  const [, median, upper] = spread.quartiles;
  const scale = clamp((upper - median) / quartileOfScaleOne, scaleMin, scaleMax);
  const excused = (which: 0 | 1 | 2): number => Math.min(spread.far[which], everyone.far[which] + excuseMax);
  const beyond = (nearer: number, which: 0 | 1 | 2, ratio: number): number =>
    Math.max(excused(which), nearer + Math.log(ratio) / fallMax);
  const middle = Math.min(median, everyone.quartiles[1] + excuseMax);
  const q90 = beyond(middle, 0, 0.5 / 0.1);
  const q97 = beyond(q90, 1, 0.1 / 0.03);
  const q99 = beyond(q97, 2, 0.03 / 0.01);
  return { median: middle, scale, q90, q97, q99, fall: clamp(Math.log(10) / (q99 - q90), fallMin, fallMax) };
}

/**
 * A beta distribution with the cohort's median, and a deviation read off the upper half, where enumerators (who find nobody) are not.
 * Shares that differ little still get a deviation of a tenth: honest people whom we have not seen are not all alike.
 */
export function fitShare(spread: Spread): ShareFit {
  const { mean: overall, alike } = spread;
  if (spread.count < 20) return { ...beta(0.5, 0.5), mean: overall, alike };
  const [, middle, upper] = spread.quartiles;
  const mean = clamp(middle, 0.005, 0.995);
  const deviation = Math.max((upper - middle) / 0.6745, 0.25 * Math.sqrt(mean * (1 - mean)));
  const size = clamp((mean * (1 - mean)) / (deviation * deviation) - 1, 0.5, 15);
  return { ...beta(mean * size, (1 - mean) * size), mean: overall, alike };
}

export interface ShareFit {
  a: number;
  b: number;
  logBeta: number;
  mean: number;
  alike: number;
}

function beta(a: number, b: number): { a: number; b: number; logBeta: number } {
  return { a, b, logBeta: logGamma(a) + logGamma(b) - logGamma(a + b) };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(Number.isFinite(value) ? value : min, min), max);
}

/**
 * Always with a decimal point or an exponent, so that ClickHouse reads a float: hundreds of conversions would take longer to
 * understand than a small service's members to weigh.
 */
function literal(value: number): string {
  const text = Number.isFinite(value) ? value.toPrecision(9) : '0';
  return /[.e]/.test(text) ? text : `${text}.0`;
}
