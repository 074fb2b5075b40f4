import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInvestigate } from '@kith/detection';
import { launchBrowser } from '../member-app/browser.ts';
import { lineOf, oldLog } from './old-log.ts';

/** Investigates the log of a town with a ring, and takes pictures of the report. Gives the paths of the files written. */
export async function takeReportScreenshots(outDir: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-report-'));
  try {
    const report = await makeReport(folder);
    const browser = await launchBrowser();
    try {
      const files: string[] = [];
      for (const { name, colorScheme, heading } of shots) {
        const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, colorScheme });
        await page.goto(pathToFileURL(report).href);
        if (heading)
          await page
            .getByRole('heading', { name: heading })
            .first()
            .evaluate((found) => found.scrollIntoView());
        const path = join(outDir, `investigate-${name}.png`);
        await page.screenshot({ path });
        files.push(path);
      }
      return files;
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

const shots = [
  { name: 'why', colorScheme: 'light', heading: undefined },
  { name: 'where', colorScheme: 'dark', heading: 'What its accounts share' },
] as const;

async function makeReport(folder: string): Promise<string> {
  const log = join(folder, 'contacts.ndjson');
  const lines = [...oldLog({ seed: 1, honest: 1_500, ring: 60 })].map(lineOf);
  await writeFile(log, lines.join(''));
  const silent = () => {};
  await runInvestigate(
    [log],
    { out: folder, now: Date.UTC(2026, 10, 22, 12) },
    { stdout: silent, stderr: silent, progress: silent },
  );
  return join(folder, 'report.html');
}
