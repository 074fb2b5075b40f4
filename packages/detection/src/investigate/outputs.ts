import { constants } from 'node:fs';
import { access, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { WatchError } from '../errors.ts';
import { csvLine } from './csv.ts';
import { type Investigation, reportHtml } from './report/report.ts';

/**
 * Makes sure that a folder can be written to, before an hour of work is lost on it. Nothing is made yet.
 *
 * @throws WatchError `output_unwritable`.
 */
export async function checkFolder(folder: string): Promise<void> {
  let path = resolve(folder);
  for (;;) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) break;
    if (found)
      throw new WatchError('output_unwritable', `${folder} cannot be written to: ${path} is no folder`);
    path = dirname(path);
  }
  await access(path, constants.W_OK | constants.X_OK).catch((cause: unknown) => {
    throw new WatchError(
      'output_unwritable',
      `${folder} cannot be written to: you may not write in ${path}`,
      {
        cause,
      },
    );
  });
}

/** Writes the three outputs, all of the same figures, and returns their paths. */
export async function writeOutputs(folder: string, investigation: Investigation): Promise<string[]> {
  const outputs: [string, string][] = [
    ['report.html', reportHtml(investigation)],
    ['rings.json', `${JSON.stringify(ringsDocument(investigation), null, 2)}\n`],
    ['accounts.csv', accountsCsv(investigation)],
  ];
  try {
    await mkdir(folder, { recursive: true });
    const paths = outputs.map(([name]) => join(folder, name));
    await Promise.all(outputs.map(([, text], i) => writeFile(paths[i] ?? '', text)));
    return paths;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WatchError('output_unwritable', `${folder} cannot be written to (${code})`, { cause });
  }
}

/** What `rings.json` holds; `version` changes when a field changes its meaning. */
export function ringsDocument({ madeAt, files, imported, detection, whoElse, sources }: Investigation) {
  return {
    version: 1,
    madeAt: new Date(madeAt).toISOString(),
    files,
    rows: imported.rows,
    broken: imported.broken,
    sources,
    ...detection,
    whoElse: whoElse.map((search) => ({ ...search, nobody: search.matches.length === 0 })),
  };
}

function accountsCsv({ detection }: Investigation): string {
  const lines = [
    csvLine(['ring', 'account', 'log_odds', 'own_evidence', 'flagged', 'protected', 'actionable']),
  ];
  for (const ring of detection.rings) {
    for (const each of ring.members) {
      const row = [
        ring.id,
        each.member,
        each.evidence.toFixed(2),
        each.own.toFixed(2),
        each.flagged,
        each.isProtected,
        ring.actionable,
      ];
      lines.push(csvLine(row));
    }
  }
  for (const each of detection.lone) {
    lines.push(
      csvLine([
        '',
        each.member,
        each.evidence.toFixed(2),
        each.own.toFixed(2),
        true,
        each.isProtected,
        each.actionable,
      ]),
    );
  }
  return `${lines.join('\n')}\n`;
}
