import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { chromePath } from '../member-app/browser.ts';
import { barriers } from './barriers.ts';
import { putDrawnRing } from './drawn-ring.ts';
import { useAnalystApp } from './use-analyst-app.ts';

const target = '+14155550123';
const longName = `<img src=x onerror=alert(1)> ${'ل'.repeat(10_000)}`;

/** One case from the first ring to its outputs, in a real browser. KITH_CHROME names it; without one these are skipped. */
describe.skipIf(!chromePath)('a case in the study', () => {
  const test = useAnalystApp(async (app) => {
    const { kith } = app;
    await putDrawnRing(app, { id: 'enumerators', accounts: 8 });
    const card = { name: 'Tess <b>Target</b>', handle: 'tess' };
    await kith.host.putMember('tess', { phone: target, discoverable: 'anyone', card });
    await kith.as('enumerators-000000').putContacts({ numbers: [target] });
    await kith.elapse(3_600_000, 600_000);
    await app.owner('POST', '/v1/cases', { name: longName, id: 'long' });
  });

  it('is opened from a ring, computed, explained, and told', async () => {
    const visitor = await test.signedIn('Ada', 'analyst', '/analyst/rings/enumerators');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Add to case' }).click();
    await page.getByRole('radio', { name: 'A new case' }).check();
    await page.getByLabel('Name of the case').fill('The night of 24 December');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Compute exposure' }).click();
    await page.getByText(/^Computing:/).waitFor();
    await test.app.kith.work();
    await page.getByText('Members exposed', { exact: true }).waitFor();
    await page.getByText('Each look is recorded in the ledger with your name.').first().waitFor();
    await page.getByRole('button', { name: 'Show the 1 member' }).click();
    await page.getByText('Tess <b>Target</b>').waitFor();
    await page.getByText('This look is in the ledger').waitFor();
    await page.getByRole('button', { name: 'Say who did it' }).click();
    await page.getByLabel('Who', { exact: true }).fill('A contractor');
    await page.getByLabel('In a sentence').fill('The invoices name the same addresses.');
    await page.getByRole('radio', { name: /^Medium/ }).check();
    await page.getByRole('button', { name: 'Say it', exact: true }).click();
    await page.getByText(/Confidence: medium\. Said by Ada/).waitFor();
    await page.getByRole('button', { name: 'Look at Report', exact: true }).click();
    const report = page.frameLocator('iframe[title="Report"]');
    await report.getByRole('heading', { level: 1 }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download STIX 2.1 bundle' }).click(),
    ]);
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toMatchObject({ type: 'bundle' });
    expect(await barriers(page)).toEqual([]);
    // The frame of the report is a place of its own, as its policy wants.
    visitor.forgive(/GPU stall|origin-keyed/);
  });

  it('sends notices when an approver says so, and to whom has one already no second', async () => {
    const { body } = await test.app.owner('POST', '/v1/cases', { name: 'Told', rings: ['enumerators'] });
    const { id } = body as { id: string };
    await test.app.owner('PUT', '/v1/webhooks', { url: 'https://host.example/kith' });
    await test.app.owner('POST', `/v1/cases/${id}/exposure`, {});
    await test.app.kith.work();
    const { page } = await test.signedIn('Grace', 'approver', `/analyst/cases/${id}`, {
      colorScheme: 'dark',
    });
    await page.getByRole('button', { name: 'Deliver by webhook' }).click();
    await page.getByRole('dialog').getByText('What has been sent cannot be taken back').waitFor();
    await page.getByRole('button', { name: 'Deliver 1 notice' }).click();
    await page.getByText('1 notice on the way to the host').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('shows names that would run, and names without end, as what they are', async () => {
    const { page } = await test.signedIn('Vera', 'viewer', '/analyst/cases', {
      viewport: { width: 768, height: 1024 },
    });
    const link = page.getByRole('link', { name: /^<img src=x onerror/ });
    await link.waitFor();
    expect(await barriers(page)).toEqual([]);
    expect((await link.textContent())!.length).toBeLessThan(100);
    await link.click();
    await page.getByRole('heading', { level: 1, name: /^<img src=x/ }).waitFor();
    await page.getByText('Add a ring first').waitFor();
    expect(await page.getByRole('button', { name: 'Compute exposure' }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(768);
    expect(await barriers(page)).toEqual([]);
  });
});
