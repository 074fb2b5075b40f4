import type { Engine } from '../engine/index.ts';
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
  const { poolTable, featuresTable } = weighed;
  const { engine, tables, signals } = run;
  run.say('looking at what the suspicious ones share');
  const families = familiesOf(signals.members);
  const rows = await engine.query<{ member: string; own: number } & Record<string, number>>(
    `SELECT ${['member', 'own', ...families.map(familyName)].join(', ')} FROM ${poolTable} ORDER BY own DESC, member LIMIT ${poolMax}`,
  );
  const members = rows.map(({ member }) => member);
  const kinds = kindsOf(signals.links);
  const blocksTable = await tables.createEmpty('blocks', 'member String, block UInt64', '(block, member)');
  await fillBlocks(run, weighed, blocksTable, kinds);
  const sized = await sizeBlocks(run, featuresTable, blocksTable, kinds);
  const memberBlocks = await readMemberBlocks(engine, blocksTable, members, sized);
  return {
    members,
    own: Float64Array.from(rows, (row) => row.own),
    families: new Map(
      families.map((family) => [family, Float64Array.from(rows, (row) => row[familyName(family)] ?? 0)]),
    ),
    blocks: withSuspects(sized, memberBlocks),
    memberBlocks,
  };
}

function withSuspects(
  blocks: readonly Omit<Block, 'suspects'>[],
  memberBlocks: readonly (readonly number[])[],
): Block[] {
  const suspects: number[][] = blocks.map(() => []);
  for (const [member, places] of memberBlocks.entries()) {
    for (const place of places) suspects[place]?.push(member);
  }
  return blocks.map((block, place) => ({ ...block, suspects: suspects[place] ?? [] }));
}

/** Blocks of the suspicious members, a bounded number of each kind. */
async function fillBlocks(
  { engine }: Run,
  { poolTable, featuresTable }: Weighed,
  blocksTable: string,
  kinds: readonly BlockKind[],
): Promise<void> {
  const kept = (array: string): string => `arraySlice(arraySort(${array}), 1, ${blocksOfMemberMax})`;
  const ofEvents = kinds.filter(({ blocks }) => blocks.of === 'events');
  const sources = [
    {
      table: `${featuresTable} WHERE member IN (SELECT member FROM ${poolTable})`,
      arrays: ofEvents.map((kind) => kept(`arrayFilter(block -> ${isKindSql(kind)}, blocks)`)),
    },
    { table: poolTable, arrays: featureBlocksSql(kinds).map(kept) },
  ];
  for (const { table, arrays } of sources) {
    if (arrays.length === 0) continue;
    await engine.command(
      `INSERT INTO ${blocksTable} SELECT member, arrayJoin(arrayConcat(${arrays.join(', ')})) FROM ${table}`,
    );
  }
}

/** SQL for the blocks that a member's features put it in, one array a kind. */
function featureBlocksSql(kinds: readonly BlockKind[]): string[] {
  return kinds.flatMap((kind) =>
    kind.blocks.of === 'features' ? [`arrayMap(h -> ${blockSql('h', kind)}, ${kind.blocks.hashes})`] : [],
  );
}

/** How many members in all are in each block that at least two suspicious ones share. */
async function sizeBlocks(
  { engine }: Run,
  featuresTable: string,
  blocksTable: string,
  kinds: readonly BlockKind[],
): Promise<Omit<Block, 'suspects'>[]> {
  const ofJudged = featureBlocksSql(kinds).join(', ');
  const arrays = ofJudged === '' ? 'blocks' : `arrayConcat(blocks, if(judged, arrayConcat(${ofJudged}), []))`;
  const rows = await engine.query<{ block: number; members: number }>(`
SELECT block, count() AS members FROM (SELECT arrayJoin(${arrays}) AS block FROM ${featuresTable})
WHERE block IN (SELECT block FROM ${blocksTable} GROUP BY block HAVING count() > 1) GROUP BY block ORDER BY block`);
  return kinds.flatMap((kind) => {
    const { family, id, implies } = kind.signal;
    const mine = rows.filter(({ block }) => isOfKind(block, kind));
    return mine.map((row) => ({ id: row.block, members: row.members, family, signal: id, implies }));
  });
}

async function readMemberBlocks(
  engine: Engine,
  blocksTable: string,
  members: readonly string[],
  blocks: readonly Omit<Block, 'suspects'>[],
): Promise<number[][]> {
  const placeOfBlock = new Map(blocks.map(({ id }, place) => [id, place]));
  const placeOfMember = new Map(members.map((member, place) => [member, place]));
  const found: number[][] = members.map(() => []);
  const rows = await engine.query<{ member: string; of: number[] }>(
    `SELECT member, arraySort(groupArray(block)) AS of FROM ${blocksTable}
     WHERE block IN (SELECT block FROM ${blocksTable} GROUP BY block HAVING count() > 1) GROUP BY member`,
  );
  for (const row of rows) {
    const place = placeOfMember.get(row.member);
    if (place === undefined) continue;
    for (const id of row.of) {
      const block = placeOfBlock.get(id);
      if (block !== undefined) found[place]?.push(block);
    }
  }
  return found;
}
