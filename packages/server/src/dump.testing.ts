import type { Queryable } from './postgres/database.ts';

/** Every row of every table as text, bytes in hex: what someone who has stolen the database holds. */
export async function dumpDatabase(database: Queryable): Promise<Record<string, string[]>> {
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const dump: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await database.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" as t`);
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}

/** The tables that hold a text or some bytes, in whatever form a row may show them. */
export function tablesWith(dump: Record<string, string[]>, needle: string | Uint8Array): string[] {
  const bytes = Buffer.from(needle as string);
  const forms = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
  if (typeof needle === 'string') forms.push(needle);
  return Object.entries(dump)
    .filter(([, rows]) => rows.some((row) => forms.some((form) => row.includes(form))))
    .map(([name]) => name);
}
