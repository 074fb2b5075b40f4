import { fileURLToPath } from 'node:url';
import { CommandError } from '@kith/server/terminal';
import { Command } from 'commander';

const images = fileURLToPath(new URL('../../../../docs/images', import.meta.url));

/** `kith lab tour` */
export function tourCommand(): Command {
  return new Command('tour')
    .description(
      'Walk through the guided demo of a running `kith dev`, and take the pictures of docs/tour.md',
    )
    .option('--home <folder>', 'where the demo keeps its files', process.env.KITH_HOME || '.kith')
    .option('--out <folder>', 'where to write them', images)
    .action(async ({ home, out }: { home: string; out: string }) => {
      const { chromePath } = await import('../member-app/browser.ts');
      if (!chromePath)
        throw new CommandError('browser_missing', 'no Chrome or Chromium found; KITH_CHROME names one');
      const { takeTour } = await import('./tour.ts');
      for (const file of await takeTour({ home, outDir: out })) process.stdout.write(`${file}\n`);
    });
}
