import {
  type Calibration,
  type Calibrations,
  calibrationOf,
  calibrationShares,
  setKey,
} from './calibrate.ts';
import { featuresSql } from './features.ts';
import { poolMax } from './pool.ts';
import { measureReferences } from './references.ts';
import type { Run } from './run.ts';
import { familiesOf, familyName, type WeightsSql, weightsSql } from './scores.ts';
import { typical, voting, weekSql } from './weeks.ts';

/**
 * Members whose own evidence is below this, and who stand among the lower nine tenths of the crowd, are in no ring, whatever company
 * they keep.
 */
const ownEvidenceMin = 1;
/** Members that the spread of every reference is measured on. */
const sampleMembers = 100_000;

/** How far honest members go is read off a week in which they went far: to wrong people costs more than to miss some. */
const cautiousShare = 0.75;

/**
 * Weights are hundreds of small sums: telling which row needs which costs more than all of them, and so does compiling them. Nor is it
 * worth planning which columns to read first, for nearly every row is judged.
 */
const weighingSettings =
  "short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_move_to_prewhere = 0";

export interface Weighed {
  /** One row a member. */
  featuresTable: string;
  judged: number;
  /** The suspicious ones, with the weight of every signal; `place` numbers them, the most suspicious first. */
  poolTable: string;
  calibrations: Calibrations;
}

/** Computes every judged member's features, measures what is normal, and keeps those who are not. */
export async function weigh(run: Run): Promise<Weighed> {
  const { engine, tables, signals, window, lanes } = run;
  run.say(`reading ${run.events} events of ${run.members} members`);
  const featuresTable = await tables.createFromLanes(
    'features',
    lanes.map((lane) => featuresSql(window, signals, lane)),
  );
  const judged =
    (await engine.query<{ n: number }>(`SELECT sum(judged) AS n FROM ${featuresTable}`))[0]?.n ?? 0;
  run.say(`weighing ${judged} members against each other`);
  const every = Math.max(1, Math.round(judged / sampleMembers));
  const sample = `(SELECT * EXCEPT blocks FROM ${featuresTable} WHERE judged AND sipHash64(member) % ${every} = 0)`;
  const reference = await measureReferences(engine, sample, signals.members);
  const weights = weightsSql(signals.members, reference);
  const calibrations = await calibrate(run, sample, weights);
  const ownMin = Math.min(ownEvidenceMin, calibrations.all.quantiles[2] ?? ownEvidenceMin);
  const poolTable = await tables.create(
    'pool',
    `SELECT *, toUInt32(rowNumberInAllBlocks()) AS place FROM (
       SELECT * FROM (${selectWeighed('*', weights)} FROM ${featuresTable} WHERE judged) WHERE own >= ${ownMin}
       ORDER BY own DESC, member LIMIT ${poolMax})
     SETTINGS ${weighingSettings}`,
    'place',
  );
  return { featuresTable, judged, poolTable, calibrations };
}

/** The beginning of a query for these columns and the weights. */
function selectWeighed(columns: string, weights: WeightsSql): string {
  const constants = weights.constants.length === 0 ? '' : `WITH ${weights.constants.join(', ')} `;
  return `${constants}SELECT ${[columns, ...weights.columns].join(', ')}`;
}

/** How the crowd stands: with all evidence, and without what each kind of block brings with it. */
async function calibrate(
  { engine, signals }: Run,
  sample: string,
  weights: WeightsSql,
): Promise<Calibrations> {
  const families = familiesOf(signals.members);
  const sets = new Map(
    signals.links.map(({ implies }) => [
      setKey(implies),
      implies.filter((family) => families.includes(family)),
    ]),
  );
  const shares = calibrationShares.join(', ');
  const columns = [...sets.values()].map(
    (set, i) => `quantilesExact(${shares})(${['own', ...set.map(familyName)].join(' - ')}) AS q${i}`,
  );
  const rows = await engine.query<Record<string, number[]> & { week: number; n: number }>(
    `SELECT ${[`${weekSql} AS week, count() AS n, quantilesExact(${shares})(own) AS everything`, ...columns].join(', ')}
     FROM (${selectWeighed('first_at', weights)} FROM ${sample}) GROUP BY GROUPING SETS ((week), ()) ORDER BY week
     SETTINGS ${weighingSettings}`,
  );
  const count = ({ n }: { n: number }): number => n;
  // Without weeks that vote, a network may well be three in a hundred of all: then the far end is left to the tail.
  const read = voting(rows, count).length > 0 ? calibrationShares.length : 3;
  const usual = (column: string): Calibration =>
    calibrationOf(
      Array.from({ length: read }, (_, i) =>
        typical(rows, count, (row) => row[column]?.[i] ?? 0, cautiousShare),
      ),
    );
  return {
    all: usual('everything'),
    without: new Map([...sets.keys()].map((key, i) => [key, usual(`q${i}`)])),
  };
}
