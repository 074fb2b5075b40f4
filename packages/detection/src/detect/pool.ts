import type { Engine } from '../engine/index.ts';
import type { Blocks, LinkSignal } from '../signals/signal.ts';
import type { Block, Pool } from './evidence.ts';
import { type Window, windowSql } from './features.ts';
import { familyName } from './scores.ts';
import type { RunTables } from './tables.ts';

/** At most so many suspicious members leave the engine, the most suspicious first. */
export const poolMax = 200_000;
/** Blocks of one kind that are kept of a member: the smallest hashes, so that the order of reading does not matter. */
const blocksOfMemberMax = 24;
/** Room for kinds in a block's number. */
const kindsMax = 16;

interface Kind {
  index: number;
  signal: LinkSignal;
  blocks: Blocks;
}

/**
 * Reads the suspicious members and the blocks that at least two of them share, with how many members in all are in each.
 * Only these leave the engine: a block that one suspect is in links nobody.
 *
 * @param poolTable a table with `member`, `own` and the features of every suspicious member.
 */
export async function readPool(
  engine: Engine,
  tables: RunTables,
  window: Window,
  poolTable: string,
  featuresTable: string,
  links: readonly LinkSignal[],
  families: readonly string[],
  population: number,
): Promise<Pool> {
  const implied = [...new Set(links.flatMap(({ implies }) => implies))].filter((family) =>
    families.includes(family),
  );
  const rows = await engine.query<{ member: string; own: number } & Record<string, number>>(
    `SELECT ${['member', 'own', ...implied.map(familyName)].join(', ')} FROM ${poolTable} ORDER BY own DESC, member LIMIT ${poolMax}`,
  );
  const members = rows.map(({ member }) => member);
  const own = Float64Array.from(rows, (row) => row.own);
  const kinds = links
    .flatMap((signal) => signal.blocks.map((blocks) => ({ signal, blocks })))
    .map((each, index) => ({ ...each, index }));
  if (kinds.length > kindsMax) throw new RangeError('more kinds of blocks than a block number has room for');
  const blocksTable = await tables.createEmpty('blocks', 'member String, block UInt64', '(block, member)');
  await fillBlocks(engine, window, poolTable, blocksTable, kinds);
  const sized = await sizeBlocks(engine, window, featuresTable, blocksTable, kinds);
  const memberBlocks = await readMemberBlocks(engine, blocksTable, members, sized);
  const suspects: number[][] = sized.map(() => []);
  for (const [member, places] of memberBlocks.entries())
    for (const place of places) suspects[place]?.push(member);
  const blocks = sized.map((block, place) => ({ ...block, suspects: suspects[place] ?? [] }));
  const parts = implied.map(
    (family) => [family, Float64Array.from(rows, (row) => row[familyName(family)] ?? 0)] as const,
  );
  return { members, own, families: new Map(parts), blocks, memberBlocks, population };
}

/** A block's number is below 2^53, which JSON carries exactly: 48 bits of hash, and its kind. */
function numbered(hash: string, kind: Kind): string {
  return `(bitShiftRight(${hash}, 16) * ${kindsMax} + ${kind.index})`;
}

async function fillBlocks(
  engine: Engine,
  window: Window,
  poolTable: string,
  blocksTable: string,
  kinds: readonly Kind[],
): Promise<void> {
  const kept = (array: string): string => `arraySlice(arraySort(${array}), 1, ${blocksOfMemberMax})`;
  const ofEvents: string[] = [];
  const ofFeatures: string[] = [];
  for (const kind of kinds) {
    if (kind.blocks.of === 'events') {
      const { hash, where } = kind.blocks;
      ofEvents.push(kept(`groupUniqArrayIf(${numbered(hash, kind)}, ${where})`));
    } else {
      ofFeatures.push(kept(`arrayMap(h -> ${numbered('toUInt64(h)', kind)}, ${kind.blocks.hashes})`));
    }
  }
  if (ofEvents.length > 0) {
    await engine.command(`
INSERT INTO ${blocksTable}
SELECT member, arrayJoin(arrayConcat(${ofEvents.join(', ')}))
FROM ${window.table}
WHERE member IN (SELECT member FROM ${poolTable}) AND ${windowSql(window)}
GROUP BY member`);
  }
  if (ofFeatures.length > 0) {
    await engine.command(
      `INSERT INTO ${blocksTable} SELECT member, arrayJoin(arrayConcat(${ofFeatures.join(', ')})) FROM ${poolTable}`,
    );
  }
}

async function sizeBlocks(
  engine: Engine,
  window: Window,
  featuresTable: string,
  blocksTable: string,
  kinds: readonly Kind[],
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const kind of kinds) {
    const shared = `SELECT block FROM ${blocksTable} WHERE block % ${kindsMax} = ${kind.index} GROUP BY block HAVING count() > 1`;
    const source =
      kind.blocks.of === 'events'
        ? `SELECT member, ${numbered(kind.blocks.hash, kind)} AS block FROM ${window.table} WHERE ${kind.blocks.where} AND ${windowSql(window)}`
        : `SELECT member, arrayJoin(arrayMap(h -> ${numbered('toUInt64(h)', kind)}, ${kind.blocks.hashes})) AS block FROM ${featuresTable}`;
    const rows = await engine.query<{ block: number; members: number }>(
      `SELECT block, uniq(member) AS members FROM (${source}) WHERE block IN (${shared}) GROUP BY block ORDER BY block`,
    );
    for (const row of rows) {
      blocks.push({
        id: row.block,
        members: row.members,
        family: kind.signal.family,
        signal: kind.signal.id,
        implies: kind.signal.implies,
        suspects: [],
      });
    }
  }
  return blocks;
}

async function readMemberBlocks(
  engine: Engine,
  blocksTable: string,
  members: readonly string[],
  blocks: readonly Block[],
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
