import { describe, expect, it } from 'vitest';
import { chromePath } from '../member-app/browser.ts';
import { liveThroughANight } from './a-night.ts';
import { useAnalystApp } from './use-analyst-app.ts';

/** The queue of rings, the ledger and the list of analysts, in a real browser. KITH_CHROME names it. */
describe.skipIf(!chromePath)('the study', () => {
  const test = useAnalystApp(async (app) => {
    await liveThroughANight(app);
  });

  it('lets the queue be worked through by keyboard alone', async () => {
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/rings');
    await page.getByRole('row').nth(4).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('the next ring').waitFor();
    await page.keyboard.press('Escape');
    for (const key of ['j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key);
    const bulk = page.getByRole('region', { name: 'Selected rings' });
    await bulk.getByText('2 rings selected').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/analyst/rings/ring-b');
  });

  it('shows what rings say of themselves as text', async () => {
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/rings');
    await page.getByText('<img src=x onerror=alert(1)> held many numbers').waitFor();
    await page.getByText('اسم من اليمين').waitFor();
  });

  it('keeps the whole view in the address, and own views by name', async () => {
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/rings');
    await page.getByRole('button', { name: 'Numbers tried' }).click();
    await page.getByLabel('Search rings').fill('Operator 1');
    await page.locator('#main').getByText('1 ring', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('Operator 1');
    await page.reload();
    await page.locator('#main').getByText('1 ring', { exact: true }).waitFor();
    expect(await page.getByLabel('Search rings').inputValue()).toBe('Operator 1');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Two countries');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Waiting' }).click();
    await page.locator('#main').getByText('4 rings', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Two countries' }).click();
    await page.locator('#main').getByText('1 ring', { exact: true }).waitFor();
  });

  it('dismisses rings together, which goes into the ledger, and opens them again', async () => {
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/rings');
    for (const row of [2, 3])
      await page
        .getByRole('row')
        .nth(row + 1)
        .getByRole('checkbox')
        .check();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    const dialog = page.getByRole('dialog', { name: 'Dismiss 2 rings?' });
    await dialog.getByLabel('Why').fill('a school trip');
    await dialog.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('2 rings dismissed').first().waitFor();
    await page.locator('#main').getByText('2 rings', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Dismissed' }).click();
    // Until the answer comes, the rings of the view before are still there.
    await page.locator('a[href^="/analyst/rings/ring-c"]').first().waitFor();
    await page.getByLabel('Select all').check();
    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByText('2 rings opened again').first().waitFor();
    await page.goto('/analyst/ledger?ring=ring-c');
    await page
      .getByText(/dismiss, ring ring-c/)
      .first()
      .waitFor();
    await page.getByText(/reopen, ring ring-c, by Ada/).waitFor();
  });

  it('proves an entry in the browser, and does not believe a proof of something else', async () => {
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/ledger?kind=sync');
    const row = page.getByRole('row').nth(2);
    await row.getByRole('button', { name: 'Verify' }).click();
    await row.getByText(/^Proved: entry \d+ of the \d+ that were signed$/).waitFor();
    const other = page.getByRole('row').nth(3);
    const proofs: string[] = [];
    await page.route('**/proof', async (route) => {
      const proof = await (await route.fetch()).json();
      proofs.push(proof.leaf);
      const forged = atob(proof.leaf).replace(/"numbers":\d+|"new":\d+/, (found) => `${found.slice(0, -1)}9`);
      await route.fulfill({ json: { ...proof, leaf: btoa(forged) } });
    });
    await other.getByRole('button', { name: 'Verify' }).click();
    await other
      .getByRole('alert')
      .getByText(/^Not proved/)
      .waitFor();
    expect(proofs).toHaveLength(1);
  });

  it('shows the newest checkpoint as the service signed it', async () => {
    await test.app.kith.work();
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/ledger');
    const head = page.getByRole('region', { name: 'Newest checkpoint' });
    await head.getByText('The signed note').click();
    const { checkpoint, size, rootHash, keyName } = await page.evaluate(() =>
      fetch('/v1/ledger/checkpoint').then((answer) => answer.json()),
    );
    expect(size).toBeGreaterThan(20);
    expect(await head.locator('dd').allTextContents()).toEqual([String(size), rootHash, keyName]);
    expect(await head.locator('pre').textContent()).toBe(checkpoint);
  });

  it('says of an entry that it is not sealed yet', async () => {
    test.app.kith.clock.advance(1_000);
    await test.app.kith.as('ring-a-0').putContacts({ numbers: ['+14155559000'] });
    const { page } = await test.signedIn('Ada', 'analyst', '/analyst/ledger?member=ring-a-0');
    await page.getByRole('row').nth(1).getByText('Not sealed yet').waitFor();
    await test.app.kith.work();
    await page.reload();
    await page.getByRole('row').nth(1).getByRole('button', { name: 'Verify' }).waitFor();
  });

  it('lets an admin add an analyst, whose first password is shown once, and shut one out', async () => {
    const { page } = await test.signedIn('Root', 'admin', '/analyst/people');
    await page.getByRole('button', { name: 'Add an analyst' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an analyst' });
    await dialog.getByLabel('Name to sign in with').fill('Quinn');
    await dialog.getByLabel('Approver').check();
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByText('First password of Quinn').waitFor();
    expect((await page.locator('.first-password').textContent())!.length).toBeGreaterThan(15);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.getByLabel('Role of Quinn').inputValue()).toBe('approver');
    await page.getByRole('button', { name: 'Disable Quinn' }).click();
    await page.getByRole('button', { name: 'Enable Quinn' }).waitFor();
  });
});
