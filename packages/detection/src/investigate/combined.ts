import { quoted } from '../engine/sql-text.ts';

/**
 * Apache's and nginx's "combined" form, the "common" one, which lacks the last two fields, and forms with more quoted fields at
 * the end, where cookies stand.
 */
export const combinedPattern =
  '^(\\S+) \\S+ (\\S+) \\[([^\\]]+)\\] "((?:[^"\\\\]|\\\\.)*)" (\\d{3}) (\\S+)(?: "((?:[^"\\\\]|\\\\.)*)" "((?:[^"\\\\]|\\\\.)*)")?(.*)';
export const combinedColumns = [
  'ip',
  'user',
  'time',
  'request',
  'status',
  'bytes',
  'referer',
  'user_agent',
  'rest',
];

const pattern = new RegExp(combinedPattern);

export function isCombined(line: string): boolean {
  return pattern.test(line);
}

/** The fields of a line, by name; undefined where it is no such line. */
export function combinedRow(line: string): Record<string, string> | undefined {
  const found = pattern.exec(line);
  if (!found) return undefined;
  return Object.fromEntries(combinedColumns.map((name, i) => [name, found[i + 1] ?? '']));
}

/** Parameters of requests in these lines, as columns: what a member or a number may stand in. */
export function combinedVirtual(
  rows: readonly Record<string, string>[],
): { name: string; values: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { request = '' } of rows) {
    const query = request.split(' ')[1]?.split('?')[1];
    if (query === undefined) continue;
    for (const [name, value] of new URLSearchParams(query)) {
      if (!/^[\w.-]{1,64}$/.test(name) || found.size > 200) continue;
      const values = found.get(`query.${name}`) ?? [];
      found.set(`query.${name}`, values);
      values.push(value);
    }
  }
  return [...found].map(([name, values]) => ({ name, values }));
}

/** Whether a column can be read of an access log: one of its fields, or `path`, `path.2`, `query.NAME`, `cookie.NAME`. */
export function isCombinedColumn(column: string): boolean {
  return combinedColumns.includes(column) || /^(method|path|path\.\d{1,2}|(query|cookie)\..+)$/.test(column);
}

/** SQL for a column, of `g`, the fields of a line. */
export function combinedSql(column: string): string {
  const field = combinedColumns.indexOf(column);
  if (field >= 0) return `g[${field + 1}]`;
  const request = 'g[4]';
  const url = `splitByChar(' ', ${request})[2]`;
  if (column === 'method') return `splitByChar(' ', ${request})[1]`;
  if (column === 'path') return `path(${url})`;
  const [kind, ...rest] = column.split('.');
  const name = rest.join('.');
  if (kind === 'path') return `decodeURLComponent(splitByChar('/', path(${url}))[${Number(name) + 1}])`;
  if (kind === 'query') return `decodeURLFormComponent(extractURLParameter(${url}, ${quoted(name)}))`;
  return `extract(g[9], ${quoted(`(?:^|[;" ])${name.replaceAll(/[^\w]/g, '\\$&')}=([^;" ]*)`)})`;
}
