import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from './verify/findings.ts';
import { type Crime, openCrime } from './verify/tampering.testing.ts';

/** Past one tile, so that leaves have neighbours in other tiles; the last batch is short, the last entries unsealed. */
const batches = [3, 260, 7];
const places = batches.reduce((sum, count) => sum + count);

let crime: Crime;
beforeAll(async () => {
  crime = await openCrime(batches, 3);
});
afterAll(() => crime.test.close());

/** Something that one can do in SQL; `one` and `other` are numbers of entries, in order, sealed unless said otherwise. */
interface Deed {
  what: string;
  anyEntry?: boolean;
  /** Statements with `:one`, `:other` for ids and `:i`, `:j` for leaf indexes. */
  sql: string[];
}

const entryColumns = ['at', 'kind', 'other_id', 'body', 'context_hash', 'mac'];
const changes: Record<string, string> = {
  at: `at - interval '3 microseconds'`,
  kind: `kind || 'x'`,
  other_id: `coalesce(other_id, '') || 'x'`,
  body: `body || ' '`,
  context_hash: `coalesce(context_hash, '') || '\\x01'`,
  mac: `set_byte(mac, 5, 255 - get_byte(mac, 5))`,
};

const deeds: Deed[] = [
  ...entryColumns.map((column) => ({
    what: `change ${column}`,
    anyEntry: true,
    sql: [`update ledger set ${column} = ${changes[column]} where entry_id = ':one'`],
  })),
  ...['body', 'at', 'mac', 'kind', 'other_id'].map((column) => ({
    what: `copy ${column} from another`,
    anyEntry: true,
    sql: [
      `update ledger set ${column} = (select ${column} from ledger where entry_id = ':other' limit 1)
       where entry_id = ':one' and exists (select 1 from ledger where entry_id = ':other' and ${column} is not null)`,
    ],
  })),
  {
    what: 'give to another member',
    anyEntry: true,
    sql: [`update ledger set member_id = 'mallory' where entry_id = ':one'`],
  },
  { what: 'unmark', sql: [`update ledger set sealed = false where entry_id = ':one'`] },
  {
    what: 'mark or unmark',
    anyEntry: true,
    sql: [`update ledger set sealed = not sealed where entry_id = ':one'`],
  },
  { what: 'remove the row', sql: [`delete from ledger where entry_id = ':one'`] },
  { what: 'remove the leaf', sql: [`delete from ledger_leaves where leaf_index = :i`] },
  {
    what: 'remove both',
    sql: [`delete from ledger where entry_id = ':one'`, 'delete from ledger_leaves where leaf_index = :i'],
  },
  {
    what: 'copy under another id',
    anyEntry: true,
    sql: [
      `insert into ledger select member_id, ':fresh', at, kind, other_id, body, context_hash, mac, sealed, context_salt, context
       from ledger where entry_id = ':one' limit 1`,
    ],
  },
  {
    what: 'copy with a leaf past the end',
    sql: [
      `insert into ledger select 'mallory', ':fresh', at, kind, other_id, body, context_hash, mac, true, context_salt, context
       from ledger where entry_id = ':one' limit 1`,
      `insert into ledger_leaves select (select max(leaf_index) + 1 from ledger_leaves), 'mallory', ':fresh', leaf_hash, seal
       from ledger_leaves where leaf_index = :i`,
    ],
  },
  {
    what: 'swap leaves',
    sql: [
      'update ledger_leaves set leaf_index = -7 where leaf_index = :i',
      'update ledger_leaves set leaf_index = :i where leaf_index = :j',
      'update ledger_leaves set leaf_index = :j where leaf_index = -7',
    ],
  },
  {
    what: 'make a leaf name another entry',
    sql: [
      `update ledger_leaves as leaf set member_id = other.member_id, entry_id = other.entry_id
       from ledger_leaves as other where leaf.leaf_index = :i and other.leaf_index = :j`,
    ],
  },
  {
    what: 'make a leaf the copy of another',
    sql: [
      `update ledger_leaves as leaf set member_id = other.member_id, entry_id = other.entry_id,
         leaf_hash = other.leaf_hash, seal = other.seal
       from ledger_leaves as other where leaf.leaf_index = :i and other.leaf_index = :j`,
    ],
  },
  {
    what: 'change a leaf hash',
    sql: [`update ledger_leaves set leaf_hash = sha256(leaf_hash) where leaf_index = :i`],
  },
  { what: 'change a seal', sql: [`update ledger_leaves set seal = sha256(seal) where leaf_index = :i`] },
  {
    what: 'change a context',
    sql: [`update ledger set context = context || ' ' where entry_id = ':one'`],
  },
  {
    what: 'remove a context',
    sql: [`update ledger set context = null, context_salt = null where entry_id = ':one'`],
  },
  {
    what: 'add a context',
    sql: [`update ledger set context = '{}', context_salt = '\\x00' where entry_id = ':one'`],
  },
  {
    what: 'change a salt',
    sql: [`update ledger set context_salt = sha256(context_salt) where entry_id = ':one'`],
  },
];

interface Act {
  deed: Deed;
  one: number;
  other: number;
  fresh: string;
}

const acts: fc.Arbitrary<Act> = fc.record({
  deed: fc.constantFrom(...deeds),
  one: fc.nat(),
  other: fc.nat(),
  fresh: fc.uuid(),
});

async function commit({ deed, one, other, fresh }: Act): Promise<void> {
  const [i, j] = [one, other].map((number) => number % (deed.anyEntry ? crime.ids.length : places)) as [
    number,
    number,
  ];
  const words: Record<string, string> = {
    one: crime.ids[i]!,
    other: crime.ids[j]!,
    i: `${i}`,
    j: `${j}`,
    fresh,
  };
  for (const statement of deed.sql) {
    await crime.sql(statement.replace(/:(one|other|fresh|i|j)\b/g, (_match, word: string) => words[word]!));
  }
}

interface Difference {
  /** Keys of entries whose row is not as it was, or that were not there. */
  entries: Set<string>;
  /** Places whose leaf is not as it was, or was not there. */
  places: Set<number>;
}

/** What a comparison with an untouched copy shows, which no verifier has. */
async function differences(): Promise<Difference> {
  const keys = await crime.sql(`select member_id, entry_id from ((table ledger except table saved_ledger)
    union all (table saved_ledger except table ledger)) as difference`);
  const leaves =
    await crime.sql(`select leaf_index from ((table ledger_leaves except table saved_ledger_leaves)
    union all (table saved_ledger_leaves except table ledger_leaves)) as difference`);
  return {
    entries: new Set(keys.map((row) => `${row.member_id}/${row.entry_id}`)),
    places: new Set(leaves.map((row) => Number(row.leaf_index))),
  };
}

/** Whose leaf stood, or stands, at these places. */
async function namedAt(indexes: Set<number>): Promise<Set<string>> {
  const rows = await crime.sql(
    `select member_id, entry_id from saved_ledger_leaves where leaf_index = any($1)
     union select member_id, entry_id from ledger_leaves where leaf_index = any($1)`,
    [[...indexes]],
  );
  return new Set(rows.map((row) => `${row.member_id}/${row.entry_id}`));
}

const nameOf = (finding: Finding) => `${finding.memberId}/${finding.entryId}`;

describe('whatever is done to the rows of a sealed ledger', () => {
  it('is found and named, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 4 }), fc.boolean(), async (plan, rebuild) => {
        await crime.restore();
        for (const act of plan) await commit(act);
        if (rebuild) await crime.rebuildTiles();
        const { entries, places: changedPlaces } = await differences();
        const report = await crime.verify();
        expect(report.ok).toBe(entries.size === 0 && changedPlaces.size === 0);

        const names = new Set(report.findings.map(nameOf));
        const indexes = new Set(report.findings.map(({ leafIndex }) => leafIndex));
        for (const index of changedPlaces) expect([...indexes], 'the place').toContain(index);
        const placeOf = new Map(crime.ids.slice(0, places).map((id, index) => [id, index]));
        for (const key of entries) {
          const place = placeOf.get(key.slice(key.lastIndexOf('/') + 1));
          expect(names.has(key) || indexes.has(place), `${key} is named`).toBe(true);
        }
        const involved = await namedAt(changedPlaces);
        for (const finding of report.findings.filter(({ entryId }) => entryId)) {
          const name = nameOf(finding);
          expect(entries.has(name) || involved.has(name), `${name} was touched`).toBe(true);
        }
      }),
      { numRuns: Number(process.env.KITH_RUNS ?? 40) },
    );
  });
});
