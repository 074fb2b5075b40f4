import { type BlockKind, blockSql, isKindSql, isOfKind, kindsOf } from './blocks.ts';
import type { Block, Pool } from './evidence.ts';
import type { Run } from './run.ts';
import { familiesOf, familyName } from './scores.ts';
import type { Weighed } from './weigh.ts';

/** At most so many suspicious members leave the engine, the most suspicious first. */
export const poolMax = 200_000;
/** Blocks of one kind that are kept of a member: the smallest hashes, so that the order of reading does not matter. */
const blocksOfMemberMax = 24;

/**
 * Reads the suspicious members and the blocks that at least two of them share, with how many members in all are in each.
 * Only these leave the engine: a block that one suspect is in links nobody.
 */
export async function readPool(run: Run, weighed: Weighed): Promise<Pool> {
  run.say('looking at what the suspicious ones share');
  const kinds = kindsOf(run.signals.links);
  const [suspects, blocks] = await Promise.all([
    readSuspects(run, weighed.poolTable),
    readBlocks(run, weighed, kinds),
  ]);
  const memberBlocks = suspects.members.map((): number[] => []);
  for (const [place, block] of blocks.entries()) {
    for (const suspect of block.suspects) memberBlocks[suspect]?.push(place);
  }
  return { ...suspects, blocks, memberBlocks };
}

/** Column by column: two hundred thousand rows would each name their two dozen columns. */
async function readSuspects(
  { engine, signals }: Run,
  poolTable: string,
): Promise<Pick<Pool, 'members' | 'own' | 'families'>> {
  const families = familiesOf(signals.members);
  const columns = ['member', 'own', ...families.map(familyName)];
  const [row = {}] = await engine.query<Record<string, unknown[]>>(
    `SELECT ${columns.map((column) => `groupArray(${column}) AS ${column}`).join(', ')} FROM (
       SELECT ${columns.join(', ')} FROM ${poolTable} ORDER BY place)`,
  );
  const numbers = (column: string): Float64Array => Float64Array.from((row[column] ?? []) as number[]);
  return {
    members: (row.member ?? []) as string[],
    own: numbers('own'),
    families: new Map(families.map((family) => [family, numbers(familyName(family))])),
  };
}

/** The blocks that suspects share, in the order of their numbers, each with its suspects in the order of the pool. */
async function readBlocks(run: Run, weighed: Weighed, kinds: readonly BlockKind[]): Promise<Block[]> {
  const { engine, tables } = run;
  const all = await tables.create('suspect_blocks', suspectBlocksSql(weighed.poolTable, kinds), 'block');
  const shared = await tables.create(
    'shared_blocks',
    `SELECT block, arraySort(groupArray(place)) AS suspects FROM ${all} GROUP BY block HAVING length(suspects) > 1`,
    'block',
  );
  const sizes = `
SELECT block, count() AS members FROM (SELECT arrayJoin(${memberBlocksSql(kinds)}) AS block FROM ${weighed.featuresTable})
WHERE block IN (SELECT block FROM ${shared}) GROUP BY block`;
  const rows = await engine.query<{ block: number; members: number; suspects: number[] }>(
    `SELECT block, members, suspects FROM ${shared} INNER JOIN (${sizes}) AS sizes USING block ORDER BY block`,
  );
  return rows.flatMap(({ block, members, suspects }) => {
    const kind = kinds.find((each) => isOfKind(block, each));
    if (!kind) return [];
    const { family, id: signal, implies } = kind.signal;
    return [{ id: block, members, family, signal, implies, suspects }];
  });
}

/** Every suspect's blocks, a bounded number of each kind. */
function suspectBlocksSql(poolTable: string, kinds: readonly BlockKind[]): string {
  const bounded = (array: string): string => `arraySlice(arraySort(${array}), 1, ${blocksOfMemberMax})`;
  const arrays = kinds.map((kind) =>
    bounded(
      kind.blocks.of === 'events' ? `arrayFilter(block -> ${isKindSql(kind)}, blocks)` : ownBlocksSql(kind),
    ),
  );
  return `SELECT place, arrayJoin(${concatenated(arrays)}) AS block FROM ${poolTable}`;
}

/** SQL for all blocks that a member is in, from its row of features. */
function memberBlocksSql(kinds: readonly BlockKind[]): string {
  const arrays = kinds.flatMap((kind) => {
    if (kind.blocks.of === 'events') return [];
    return [kind.blocks.of === 'account' ? ownBlocksSql(kind) : `if(judged, ${ownBlocksSql(kind)}, [])`];
  });
  return concatenated(['blocks', ...arrays]);
}

/** SQL for the blocks of one kind that a member's facts and features put it in. */
function ownBlocksSql(kind: BlockKind): string {
  const { blocks } = kind;
  if (blocks.of === 'features') return `arrayMap(h -> ${blockSql('h', kind)}, ${blocks.hashes})`;
  return `if(${blocks.where}, [${blockSql(blocks.hash, kind)}], [])`;
}

function concatenated(arrays: readonly string[]): string {
  return arrays.length === 0 ? 'emptyArrayUInt64()' : `arrayConcat(${arrays.join(', ')})`;
}
