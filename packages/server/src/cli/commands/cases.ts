import { Command } from 'commander';
import { changeCase, createCase } from '../../cases/cases.ts';
import { getCase, listCases } from '../../cases/overview.ts';
import { table } from '../terminal/index.ts';
import { print, withContext } from '../with-context.ts';

interface Json {
  json?: boolean;
}

const commandLine = 'kith (command line)';

/** `kith cases`: investigations, as far as a terminal needs them. */
export function casesCommand(): Command {
  const cases = new Command('cases').description(
    'Investigations: which there are, open one, add rings to one',
  );

  cases
    .command('list', { isDefault: true })
    .description('All cases, newest first')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Json) => {
      await withContext(async (context) => {
        const found = await listCases(context);
        const rows = found.cases.map(({ id, name, state, rings, accounts, exposed, openedAt }) => ({
          id,
          name: [...name].slice(0, 40).join(''),
          state,
          rings: rings.length,
          accounts,
          exposed: exposed ?? '',
          opened: openedAt,
        }));
        print(json, found, table(rows) || 'no cases');
      });
    });

  cases
    .command('create')
    .description('Open a case')
    .argument('<name>')
    .option('--id <id>', 'made up otherwise')
    .option('--ring <ring...>', 'rings that it is about')
    .option('--noticed-at <time>', 'when somebody first saw that something was wrong; ISO 8601')
    .option('--host <name>', 'who publishes the outputs')
    .option('--contact <contact>', 'whom to ask')
    .option('--country <country>', 'where the host is; ISO 3166')
    .option('--json', 'print one JSON document')
    .action(async (name: string, options: Json & CreateOptions) => {
      await withContext(async (context) => {
        const { id, ring, noticedAt, host, contact, country } = options;
        const caseId = await createCase(
          context,
          {
            name,
            ...(id && { id }),
            ...(ring && { rings: ring }),
            ...(noticedAt && { noticedAt }),
            host: { ...(host && { name: host }), ...(contact && { contact }), ...(country && { country }) },
          },
          commandLine,
        );
        print(options.json, await getCase(context, caseId), caseId);
      });
    });

  cases
    .command('add')
    .description('Add rings to a case')
    .argument('<case>')
    .argument('<ring...>')
    .option('--json', 'print one JSON document')
    .action(async (caseId: string, rings: string[], { json }: Json) => {
      await withContext(async (context) => {
        await changeCase(context, caseId, { addRings: rings }, commandLine);
        print(json, await getCase(context, caseId), `${caseId}: ${rings.join(', ')} added`);
      });
    });

  return cases;
}

interface CreateOptions {
  id?: string;
  ring?: string[];
  noticedAt?: string;
  host?: string;
  contact?: string;
  country?: string;
}
