import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { importMembers } from '../../members/import/import.ts';
import { CommandError, exitCodes, progress } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';

interface AnswerLine {
  done?: true;
  line?: number;
  column?: number;
  code?: string;
  detail?: string;
  lines?: number;
  imported?: number;
  failed?: number;
  skipped?: number;
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Import members from NDJSON, a batch at a time; a batch with a broken line stores nothing of itself',
    )
    .argument(
      '<file>',
      'NDJSON: {"id", "phone", "discoverable", "card": {"name", "handle"}, …} a line; - reads stdin',
    )
    .option('--json', 'print one JSON document at the end')
    .action(async (file: string, { json }: { json?: boolean }) => {
      if (file !== '-') await stat(file);
      const input = file === '-' ? process.stdin : createReadStream(file);
      const sums = await withContext(async (context) => {
        const shown = progress({ label: 'importing', unit: 'members', json });
        let last: AnswerLine = {};
        for await (const text of importMembers(context, input)) {
          const line = JSON.parse(text) as AnswerLine;
          if (line.line !== undefined) tell(file, line);
          else last = line;
          if (line.imported !== undefined) shown.set(line.imported);
        }
        shown.finish();
        return last;
      });
      if (!sums.done)
        throw new CommandError(sums.code ?? 'internal', `${sums.detail}, after ${sums.imported} members`);
      const { lines, imported, failed, skipped } = sums;
      print(
        json,
        sums,
        `${imported} of ${lines} members imported, ${failed} lines broken, ${skipped} skipped with them`,
      );
      if (failed! > 0) process.exitCode = exitCodes.failed;
    });
}

function tell(file: string, { line, column, code, detail }: AnswerLine): void {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  process.stderr.write(`${place}: ${code}: ${detail}\n`);
}
