import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { distributionColumns } from './distribution.ts';

const src = fileURLToPath(new URL('../', import.meta.url));
const files = (ending: string) =>
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/\.(test|testing)\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(src + file, 'utf8') }));

const withoutComments = (sql: string) => sql.replace(/--.*$/gm, '');
const tables = new Map(
  files('.sql').flatMap(({ text }) =>
    [...withoutComments(text).matchAll(/create table (?:if not exists )?(\w+) \(([\s\S]*?)\n\);/g)].map(
      (match): [string, string] => [match[1]!, match[2]!],
    ),
  ),
);

/** Every text in backquotes that begins as a statement which writes. */
const writes = files('.ts').flatMap(({ file, text }) =>
  [...text.matchAll(/`(\s*(?:insert|update|delete)\s[^`]*)`/g)].map((match) => ({ file, sql: match[1]! })),
);

const columnsOf = (key: string | undefined) => (key ?? '').split(',').map((column) => column.trim());

describe('a table that can be spread over a cluster', () => {
  it('has a column that says on which shard a row lives, and no table is forgotten', () => {
    expect(tables.size).toBeGreaterThan(30);
    expect([...tables.keys()].sort()).toEqual(Object.keys(distributionColumns).sort());
  });

  it.each(Object.entries(distributionColumns))('%s has %s in its keys', (table, column) => {
    const body = tables.get(table)!;
    const own = [...body.matchAll(/^\s*(\w+) [^,\n]*(?:primary key|\bunique\b)/gm)].map((match) => [
      match[1],
    ]);
    const listed = [...body.matchAll(/^\s*(?:primary key|unique) \(([^)]*)\)/gm)].map((match) =>
      columnsOf(match[1]),
    );
    const keys = [...own, ...listed];
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).toContain(column);
  });

  it('has no foreign keys, triggers or sequences', () => {
    for (const { text } of files('.sql')) {
      expect(withoutComments(text)).not.toMatch(
        /\breferences\b|\btrigger\b|\bserial\b|generated .* as identity/i,
      );
    }
  });
});

describe('a statement that Citus carries to the shards', () => {
  it('has no parameter behind ON CONFLICT where the rows come from a SELECT', () => {
    expect(writes.length).toBeGreaterThan(60);
    const fromSelect = writes.filter(({ sql }) => /insert into[\s\S]*?\)\s*select/.test(sql));
    expect(fromSelect.length).toBeGreaterThan(10);
    const wrong = fromSelect.filter(({ sql }) => /(on conflict|returning)[\s\S]*\$\d/.test(sql));
    expect(wrong).toEqual([]);
  });

  it('returns bare columns: nothing that depends on the session’s settings', () => {
    const wrong = writes.filter(({ sql }) => /returning[\s\S]*(json|row_to|to_char|now\()/.test(sql));
    expect(wrong).toEqual([]);
  });
});
