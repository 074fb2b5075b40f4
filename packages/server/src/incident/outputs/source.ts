import type { Context } from '../../context.ts';
import { readAccountIds } from '../accounts-store.ts';
import { type PrefixRow, readPrefixes } from '../lists-store.ts';
import type { RunRow } from '../store.ts';
import { checkFigures } from './checks.ts';
import { type IncidentDocument, readDocument } from './document.ts';

const rowsAtOnce = 1_000;

/** What outputs read: the document, and lists of any length a page at a time. */
export interface IncidentSource {
  document: IncidentDocument;
  accounts(): AsyncIterable<string>;
  prefixes(): AsyncIterable<PrefixRow>;
}

/** @throws Problem `case_unknown`, `case_not_computed`, `output_invalid` */
export async function openSource(
  context: Context,
  caseId: string,
): Promise<IncidentSource & { run: Pick<RunRow, 'caseId' | 'run'> }> {
  const { document, run } = await readDocument(context, caseId);
  checkFigures(document.figures);
  return {
    document,
    run,
    accounts: () => paged((after: string) => readAccountIds(context.database, run, after, rowsAtOnce), ''),
    prefixes: () =>
      paged((after: PrefixRow) => readPrefixes(context.database, run, after, rowsAtOnce), {
        prefix: '',
        asn: -1,
        country: '',
      }),
  };
}

/** Rows one by one, read a page at a time, each page after the last row of the one before. */
async function* paged<Row>(read: (after: Row) => Promise<Row[]>, first: Row): AsyncGenerator<Row> {
  for (let page = await read(first); page.length > 0; page = await read(page.at(-1)!)) yield* page;
}
