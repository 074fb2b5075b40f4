import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Engine, type SqlParams, WatchError } from '../index.ts';

/**
 * The part of ClickHouse's HTTP interface that we use, answered by chDB, which is the same engine: it shows that what
 * we send over HTTP is what ClickHouse documents, on machines without a server.
 */
export async function serveClickHouse(engine: Engine): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/ping') return void response.end('Ok.\n');
    const body = (await buffer(request)).toString();
    const inUrl = url.searchParams.get('query');
    try {
      response.end(await run(engine, inUrl ?? body, inUrl ? body : undefined, paramsOf(url)));
    } catch (error) {
      if (!(error instanceof WatchError)) throw error;
      response.writeHead(error.code === 'event_store_query_failed' ? 404 : 503).end(error.message);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function run(engine: Engine, sql: string, data: string | undefined, params: SqlParams) {
  const insert = /^INSERT INTO (\S+) FORMAT JSONEachRow/.exec(sql);
  if (insert?.[1] && data !== undefined) {
    await engine.insertLines(insert[1], data);
    return '';
  }
  const [statement, format] = sql.split(/\s+FORMAT\s+JSONEachRow\s*;?\s*$/);
  if (format === undefined) {
    await engine.command(statement ?? '', params);
    return '';
  }
  const rows = await engine.query(statement ?? '', params);
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** `?param_name=value` comes in ClickHouse's notation; chDB wants the values, and does the escaping by itself. */
function paramsOf(url: URL): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = {};
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_'))
      params[name.slice(6)] = value.startsWith('[') ? elements(value) : plain(value);
  }
  return params;
}

function elements(array: string): string[] {
  return [...array.matchAll(/'((?:[^'\\]|\\.)*)'|[^[\],']+/g)].map(([whole, text]) => plain(text ?? whole));
}

const unescaped: Record<string, string> = { t: '\t', n: '\n', r: '\r', '0': '\0', b: '\b', f: '\f' };

function plain(text: string): string {
  return text.replace(/\\(.)/g, (_, c: string) => unescaped[c] ?? c);
}
