import type { EventStore } from '../events/store.ts';
import type { FeatureRow } from '../signals/index.ts';
import { type Calibrations, calibrationOf, calibrationShares, setKey } from './calibrate.ts';
import { clusterMembers } from './cluster.ts';
import { addLinks, type Evidence, flagFrom, type Pool } from './evidence.ts';
import { readFacts } from './facts.ts';
import { featuresSql, type Window, windowSql } from './features.ts';
import { holdsOf } from './guardrails.ts';
import { identify, type KnownRing } from './identity.ts';
import {
  type ChosenSignals,
  chooseSignals,
  type DetectOptions,
  defaultGuardrails,
  type Guardrails,
} from './options.ts';
import { poolMax, readPool } from './pool.ts';
import { linkReasons, median, memberReasons, ringLinks } from './reasons.ts';
import { measureReferences } from './references.ts';
import type { Detection, LoneAccount, Ring, RingMember } from './ring.ts';
import { familiesOf, familyName, weightsSql } from './scores.ts';
import { RunTables } from './tables.ts';

/** What detection needs of an event store: any `EventStore`, or the store of an imported log. */
export type DetectStore = Pick<EventStore, 'engine' | 'table' | 'database' | 'missing'>;

/** Members whose own evidence is below this are in no ring, whatever company they keep. */
const ownEvidenceMin = 1;
/** Members this far below the bar, and tied to a ring, are near it. */
const nearMargin = 3;
/** The model's own odds are not trusted to be right within a factor of three. */
const distrust = 3;
/** In a small log, one honest account in twenty runs is allowed: less could not be told from none. */
const honestFlaggedMin = 0.05;
/** Members that the spread of every reference is measured on. */
const sampleMembers = 100_000;

/**
 * Finds the networks of accounts that enumerate. Reads the events in a few passes inside the engine; what comes back (the
 * suspicious members and what they share) is judged here, by pure functions, the same way every time for the same seed.
 *
 * @param known rings of earlier runs, so that they keep their ids.
 * @throws WatchError `event_store_unavailable`, `event_store_query_failed`.
 */
export async function detect(
  store: DetectStore,
  options: DetectOptions = {},
  known: readonly KnownRing[] = [],
): Promise<Detection> {
  const started = performance.now();
  const tables = new RunTables(store.engine, store.database);
  try {
    const run = new Run(store, tables, options, known);
    const detection = await run.detect();
    return { ...detection, tookMs: Math.round(performance.now() - started) };
  } finally {
    await tables.drop().catch(() => {});
  }
}

class Run {
  readonly #store: DetectStore;
  readonly #tables: RunTables;
  readonly #options: DetectOptions;
  readonly #known: readonly KnownRing[];
  readonly #signals: ChosenSignals;
  readonly #window: Window;
  readonly #guardrails: Guardrails;
  #bar = Number.POSITIVE_INFINITY;

  constructor(store: DetectStore, tables: RunTables, options: DetectOptions, known: readonly KnownRing[]) {
    this.#store = store;
    this.#tables = tables;
    this.#options = options;
    this.#known = known;
    this.#signals = chooseSignals(options.signals, store.missing);
    this.#window = { table: store.table, from: options.from, to: options.to, missing: store.missing };
    this.#guardrails = { ...defaultGuardrails, ...options.guardrails };
  }

  async detect(): Promise<Omit<Detection, 'tookMs'>> {
    const { members, events } = await this.#size();
    this.#say(`reading ${events} events of ${members} members`);
    const features = await this.#tables.create('features', featuresSql(this.#window, this.#signals));
    const judged = await this.#count(features);
    this.#say(`weighing ${judged} members against each other`);
    const { poolTable, calibrations } = await this.#weigh(features, judged);
    this.#say('looking at what the suspicious ones share');
    const pool = await readPool(
      this.#store.engine,
      this.#tables,
      this.#window,
      poolTable,
      features,
      this.#signals.links,
      familiesOf(this.#signals.members),
      members,
    );
    const evidence = addLinks(pool, calibrations);
    this.#bar = flagFrom([...evidence.total], this.#honestMax(members));
    const { rings, lone } = await this.#judge(pool, evidence, poolTable, members);
    return {
      seed: this.#options.seed ?? 1,
      from: this.#options.from ?? null,
      to: this.#options.to ?? null,
      events,
      members,
      judged,
      bar: Number.isFinite(this.#bar) ? this.#bar : null,
      rings,
      lone,
      signals: [...this.#signals.members, ...this.#signals.links].map(({ id }) => id),
      silent: [...this.#signals.silent],
    };
  }

  async #size(): Promise<{ members: number; events: number }> {
    const rows = await this.#store.engine.query<{ members: number; events: number }>(
      `SELECT uniq(member) AS members, count() AS events FROM ${this.#window.table} WHERE ${windowSql(this.#window)}`,
    );
    return rows[0] ?? { members: 0, events: 0 };
  }

  /** Honest accounts that may be among the flagged, in expectation. */
  #honestMax(population: number): number {
    const per100k = this.#options.honestFlaggedPer100k ?? 1;
    return Math.max((population * per100k) / 100_000 / distrust, honestFlaggedMin);
  }

  async #count(table: string): Promise<number> {
    return (await this.#store.engine.query<{ n: number }>(`SELECT count() AS n FROM ${table}`))[0]?.n ?? 0;
  }

  async #weigh(features: string, judged: number): Promise<{ poolTable: string; calibrations: Calibrations }> {
    const { engine } = this.#store;
    const every = Math.max(1, Math.round(judged / sampleMembers));
    const sample = `(SELECT * FROM ${features} WHERE sipHash64(member) % ${every} = 0)`;
    const reference = await measureReferences(engine, sample, this.#signals.members);
    const weights = weightsSql(this.#signals.members, reference).join(', ');
    const calibrations = await this.#calibrate(sample, weights);
    const poolTable = await this.#tables.create(
      'pool',
      `SELECT * FROM (SELECT *, ${weights} FROM ${features}) WHERE own >= ${ownEvidenceMin} ORDER BY own DESC, member LIMIT ${poolMax}`,
      'member',
    );
    return {
      poolTable,
      calibrations,
    };
  }

  /** How the crowd stands: with all evidence, and without what each kind of block brings with it. */
  async #calibrate(sample: string, weights: string): Promise<Calibrations> {
    const families = familiesOf(this.#signals.members);
    const sets = new Map(
      this.#signals.links.map(({ implies }) => [
        setKey(implies),
        implies.filter((family) => families.includes(family)),
      ]),
    );
    const shares = calibrationShares.join(', ');
    const columns = [...sets.values()].map((set, i) => {
      const left = ['own', ...set.map(familyName)].join(' - ');
      return `quantilesExact(${shares})(${left}) AS q${i}`;
    });
    const rows = await this.#store.engine.query<Record<string, number[]>>(
      `SELECT ${[`quantilesExact(${shares})(own) AS q`, ...columns].join(', ')} FROM (SELECT ${weights} FROM ${sample})`,
    );
    const row = rows[0] ?? {};
    return {
      all: calibrationOf(row.q ?? []),
      without: new Map([...sets.keys()].map((key, i) => [key, calibrationOf(row[`q${i}`] ?? [])])),
    };
  }

  async #judge(
    pool: Pool,
    evidence: Evidence,
    poolTable: string,
    population: number,
  ): Promise<{ rings: Ring[]; lone: LoneAccount[] }> {
    const eligible = [...evidence.total].map((total) => total >= Math.max(this.#bar - nearMargin, 0));
    const clusters = clusterMembers(pool, evidence, eligible, this.#options.seed ?? 1);
    const found = clusters
      .map((places) => ({ places, members: places.map((place) => this.#member(pool, evidence, place)) }))
      .filter(({ members }) => members.some(({ flagged }) => flagged));
    found.sort((a, b) => b.places.length - a.places.length || (a.places[0] ?? 0) - (b.places[0] ?? 0));
    const isRing = ({ members }: { members: RingMember[] }): boolean =>
      members.filter(({ flagged }) => flagged).length >= this.#guardrails.ringSizeMin;
    const ringsFound = found.filter(isRing);
    const loneFound = found
      .filter((each) => !isRing(each))
      .flatMap(({ places, members }) => members.map((member, i) => ({ place: places[i] ?? 0, member })))
      .filter(({ member }) => member.flagged);
    const rows = await this.#rows(poolTable, [
      ...ringsFound.flatMap(({ members }) => members),
      ...loneFound.map(({ member }) => member),
    ]);
    const rings = await this.#rings(ringsFound, pool, evidence, rows, population);
    const lone = this.#lone(loneFound, pool, evidence, rows, population);
    return { rings, lone };
  }

  #member(pool: Pool, evidence: Evidence, place: number): RingMember {
    const member = pool.members[place] ?? '';
    const total = evidence.total[place] ?? 0;
    return {
      member,
      evidence: total,
      own: pool.own[place] ?? 0,
      flagged: total >= this.#bar,
      isProtected: this.#guardrails.protectedMembers.includes(member),
    };
  }

  async #rows(poolTable: string, members: readonly RingMember[]): Promise<Map<string, FeatureRow>> {
    if (members.length === 0) return new Map();
    const wanted = await this.#tables.createEmpty('wanted', 'member String', 'member');
    await this.#store.engine.insertLines(
      wanted,
      members.map(({ member }) => JSON.stringify({ member })).join('\n'),
    );
    const rows = await this.#store.engine.query<FeatureRow>(
      `SELECT * FROM ${poolTable} WHERE member IN (SELECT member FROM ${wanted})`,
    );
    return new Map(rows.map((row) => [String(row.member), row]));
  }

  async #rings(
    found: readonly { places: number[]; members: RingMember[] }[],
    pool: Pool,
    evidence: Evidence,
    rows: ReadonlyMap<string, FeatureRow>,
    population: number,
  ): Promise<Ring[]> {
    const flagged = found.map(({ members }) => members.filter((each) => each.flagged));
    const names = flagged.map((members) => members.map(({ member }) => member));
    const facts = await readFacts(this.#store.engine, this.#tables, this.#window, names);
    const ids = identify(names, this.#known);
    const strength = flagged.map((members) => median(members.map((each) => each.evidence)));
    const holds = holdsOf(
      found.map(({ members }, i) => ({
        flagged: (flagged[i] ?? []).filter(({ isProtected }) => !isProtected).length,
        near: members.length - (flagged[i]?.length ?? 0),
        evidence: strength[i] ?? 0,
      })),
      population,
      this.#guardrails,
    );
    return found.flatMap(({ places, members }, i): Ring[] => {
      const fact = facts[i];
      if (!fact) return [];
      const inside = places.filter((_, at) => members[at]?.flagged);
      const own = memberReasons(
        (names[i] ?? []).map((name) => rows.get(name)).filter((row) => row !== undefined),
        this.#signals.members,
      );
      const reasons = [...own, ...linkReasons(pool, evidence, inside, this.#signals.links)];
      return [
        {
          id: ids[i] ?? '',
          members: [...members].sort((a, b) => b.evidence - a.evidence || (a.member < b.member ? -1 : 1)),
          accounts: inside.length,
          evidence: strength[i] ?? 0,
          reasons: reasons.sort((a, b) => b.weight - a.weight),
          links: ringLinks(pool, evidence, inside),
          ...fact,
          holds: holds[i] ?? [],
          actionable: (holds[i] ?? []).length === 0,
        },
      ];
    });
  }

  #lone(
    found: readonly { place: number; member: RingMember }[],
    pool: Pool,
    evidence: Evidence,
    rows: ReadonlyMap<string, FeatureRow>,
    population: number,
  ): LoneAccount[] {
    const near = [...evidence.total].filter(
      (total) => total < this.#bar && total >= this.#bar - nearMargin,
    ).length;
    const [holds = []] = holdsOf(
      [{ flagged: found.length, near, evidence: 0 }],
      population,
      this.#guardrails,
    );
    return found.map(({ place, member }) => {
      const own = member.isProtected ? ([...holds, 'protected_only'] as const) : holds;
      const row = rows.get(member.member);
      return {
        ...member,
        reasons: [
          ...memberReasons(row ? [row] : [], this.#signals.members),
          ...linkReasons(pool, evidence, [place], this.#signals.links),
        ],
        holds: [...own],
        actionable: own.length === 0,
      };
    });
  }

  #say(step: string): void {
    this.#options.progress?.(step);
  }
}
