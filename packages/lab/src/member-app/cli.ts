import { fileURLToPath } from 'node:url';
import { CommandError } from '@kith/server/terminal';
import { Command } from 'commander';

const images = fileURLToPath(new URL('../../../../docs/images', import.meta.url));

/** `kith lab screenshots` */
export function screenshotsCommand(): Command {
  return new Command('screenshots')
    .description(
      'Take the pictures of the documentation: the web app, on a town that has lived for months, and a report',
    )
    .option('--out <folder>', 'where to write them', images)
    .action(async ({ out }: { out: string }) => {
      for (const file of await take(out)) process.stdout.write(`${file}\n`);
    });
}

/** The browser driver is a development dependency: it is loaded when it is needed, and missed only then. */
async function take(outDir: string): Promise<string[]> {
  const { chromePath } = await import('./browser.ts');
  if (!chromePath)
    throw new CommandError('browser_missing', 'no Chrome or Chromium found; KITH_CHROME names one');
  const { takeScreenshots } = await import('./screenshots.ts');
  const { takeReportScreenshots } = await import('../investigate/screenshot.ts');
  return [...(await takeScreenshots({ outDir })), ...(await takeReportScreenshots(outDir))];
}
