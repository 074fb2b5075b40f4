import metadata from 'libphonenumber-js/max/metadata';

/**
 * One region's entry in the library's metadata, by position (its METADATA.md, "Compressed metadata"):
 * 0 calling code, 1 international prefix, 2 general pattern, 3 possible lengths, 5 national prefix, 7 national prefix for parsing, 8 its transform rule,
 * 10 leading digits, 11 types, each a pattern and its own lengths where they differ.
 */
type RegionEntry = readonly unknown[];
type TypeEntry = readonly [pattern: string, lengths?: readonly number[]];

/** Where the numbers of one region begin, and which national numbers of one length are valid in it. */
export interface RegionRule {
  readonly leadingDigits: RegExp | undefined;
  readonly valid: RegExp;
  readonly lengths: readonly number[];
}

/** The numbering plan of a calling code. */
export interface NumberingPlan {
  readonly callingCode: string;
  /** The region by whose habits international numbers are read. */
  readonly main: DiallingRegion;
  /** What applies to national numbers of this many digits, region by region in the library's order. */
  regionsAt(length: number): readonly RegionRule[];
}

/** How numbers are dialled in one region. */
export interface DiallingRegion {
  readonly plan: NumberingPlan;
  /** Its place among the regions of the plan. */
  readonly place: number;
  /** What every national number fits. */
  readonly general: RegExp;
  readonly lengths: readonly number[];
  readonly nationalPrefix: RegExp | undefined;
  /** What to put in place of a national prefix that captured digits, as a replacement text (`9$1`). */
  readonly nationalPrefixTransform: string | undefined;
  /** What comes before the country code of a number abroad. Non-geographic codes have none. */
  readonly internationalPrefix: RegExp | undefined;
}

const nothing = /[^\s\S]/;
const regions = metadata.countries as unknown as Readonly<Record<string, RegionEntry>>;
const callingCodes = metadata.country_calling_codes as unknown as Readonly<Record<string, readonly string[]>>;
const nonGeographic = (metadata as unknown as { nonGeographic: Readonly<Record<string, RegionEntry>> })
  .nonGeographic;
const plans = new Map<string, NumberingPlan>();
const diallingRegions = new Map<string, DiallingRegion>();

/** Whether a code, in either case, is a region that numbers can be read in (ISO 3166-1 alpha-2, XK, AC, TA). */
export function isRegion(code: string): boolean {
  return /^[A-Za-z]{2}$/.test(code) && Object.hasOwn(regions, code.toUpperCase());
}

/** How many digits the national numbers of a region, or else of a calling code, can have, in rising order. */
export function possibleLengthsOf(region: string | undefined, callingCode: string): readonly number[] {
  const entry = region ? regions[region] : entriesOf(callingCode)?.[0];
  return (entry?.[3] ?? []) as readonly number[];
}

/** The plan that the digits of an international number begin with, if any; made at first use. */
export function planOf(digits: string): NumberingPlan | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const callingCode = digits.slice(0, length);
    const known = plans.get(callingCode);
    if (known) return known;
    const entries = entriesOf(callingCode);
    if (entries) return makePlan(callingCode, entries);
  }
  return undefined;
}

function entriesOf(callingCode: string): RegionEntry[] | undefined {
  if (Object.hasOwn(callingCodes, callingCode)) {
    return callingCodes[callingCode]?.map((region) => regions[region]!);
  }
  return Object.hasOwn(nonGeographic, callingCode) ? [nonGeographic[callingCode]!] : undefined;
}

function makePlan(callingCode: string, entries: readonly RegionEntry[]): NumberingPlan {
  const byLength = new Map<number, readonly RegionRule[]>();
  let main: DiallingRegion | undefined;
  const plan: NumberingPlan = {
    callingCode,
    get main() {
      main ??= diallingRegion(plan, entries[0]!, 0);
      return main;
    },
    regionsAt(length) {
      let rules = byLength.get(length);
      if (!rules) {
        rules = entries.map((entry) => regionRule(entry, length));
        byLength.set(length, rules);
      }
      return rules;
    },
  };
  plans.set(callingCode, plan);
  return plan;
}

/** How numbers are dialled in a region that exists; made at first use. */
export function diallingRegionOf(region: string): DiallingRegion {
  const known = diallingRegions.get(region);
  if (known) return known;
  const entry = regions[region]!;
  const callingCode = String(entry[0]);
  const made = diallingRegion(planOf(callingCode)!, entry, callingCodes[callingCode]!.indexOf(region));
  diallingRegions.set(region, made);
  return made;
}

function diallingRegion(plan: NumberingPlan, entry: RegionEntry, place: number): DiallingRegion {
  const nationalPrefix = entry[7] || entry[5];
  return {
    plan,
    place,
    general: new RegExp(`^(?:${entry[2]})$`),
    lengths: entry[3] as readonly number[],
    nationalPrefix: nationalPrefix ? new RegExp(`^(?:${nationalPrefix})`) : undefined,
    nationalPrefixTransform: (entry[8] || undefined) as string | undefined,
    internationalPrefix: entry[1] ? new RegExp(`^(?:${entry[1]})`) : undefined,
  };
}

/** Valid means: the general pattern and the pattern of at least one type that can have this length. */
function regionRule(entry: RegionEntry, length: number): RegionRule {
  const lengths = entry[3] as readonly number[];
  const types = (entry[11] || []) as readonly (TypeEntry | 0)[];
  const patterns = types
    .filter((type) => type !== 0)
    .filter(([pattern, own]) => pattern !== '' && (own ?? lengths).includes(length))
    .map(([pattern]) => pattern);
  return {
    leadingDigits: entry[10] ? new RegExp(`^(?:${entry[10]})`) : undefined,
    valid: patterns.length === 0 ? nothing : new RegExp(`^(?=(?:${entry[2]})$)(?:${patterns.join('|')})$`),
    lengths,
  };
}
