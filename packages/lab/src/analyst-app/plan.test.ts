import { Database } from '@kith/server';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromePath, type Visitor } from '../member-app/browser.ts';
import { barriers } from './barriers.ts';
import { putDrawnRing } from './drawn-ring.ts';
import { useAnalystApp } from './use-analyst-app.ts';

const accounts = 120;

/** A suspension from plan to undoing, by two people in two browsers. KITH_CHROME names the browser; without one these are skipped. */
describe.skipIf(!chromePath)('a plan in the study', () => {
  const test = useAnalystApp();

  /** The planner's browser at a fresh plan of a fresh ring. */
  async function planned(id: string, name = 'Ada') {
    const ring = await putDrawnRing(test.app, { id, accounts });
    const visitor = await test.signedIn(
      name,
      name === 'Ada' ? 'analyst' : 'approver',
      `/analyst/rings/${id}`,
    );
    const { page } = visitor;
    await page.getByRole('button', { name: 'Plan suspension' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('heading', { level: 1, name: `Plan to suspend: ${accounts} accounts` }).waitFor();
    visitor.forgive(/GPU stall/);
    return { ring, visitor, page, path: new URL(page.url()).pathname };
  }

  it('is edited, asked about, approved by a second person, carried out and undone', async () => {
    const { page, visitor, path } = await planned('whole');
    await page.getByLabel('Find an account to leave out').fill('000007');
    await page.getByRole('button', { name: 'Leave out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plan to suspend: 119 accounts' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('A word to whoever approves').fill('They came back from new addresses');
    await page.getByRole('button', { name: 'Ask for approval' }).click();
    await page.getByText('Approval has been asked for').waitFor();
    const { page: other } = await test.signedIn('Grace', 'approver', path);
    await other.getByText('They came back from new addresses').waitFor();
    expect(await barriers(other)).toEqual([]);
    await other.getByRole('button', { name: 'Approve' }).click();
    await other.getByText('Two people: Ada planned it, Grace approved it.').waitFor();
    await page.getByRole('button', { name: 'Suspend 119 accounts' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend 119 accounts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Suspended: 119 accounts' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo the suspension' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Undone suspension: 119 accounts' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    visitor.forgive(/GPU stall/);
  });

  it('cannot be approved by whoever made it, and says why', async () => {
    const { page } = await planned('own', 'Grace');
    await page.getByText('You planned this, so you cannot approve it').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
  });

  it('says that it is not known what happened when the answer is lost, reads again, and sends nothing twice', async () => {
    const { page, visitor, path } = await planned('lost');
    const { page: other } = await test.signedIn('Grace', 'approver', path);
    await other.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: /^Suspend/ }).waitFor();
    let acts = 0;
    let isDown = false;
    await page.route('**/v1/**', async (route) => {
      const isAct = route.request().url().endsWith('/act');
      if (isAct) {
        acts += 1;
        isDown = true;
        // The hall hears it; the answer does not come back.
        await route.fetch();
      }
      return isDown ? route.abort('connectionreset') : route.continue();
    });
    await page.getByRole('button', { name: /^Suspend/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Suspend/ })
      .click();
    await page.getByText('The connection was lost, and with it the answer').waitFor();
    expect(await page.getByRole('button', { name: /^Suspend/ }).count()).toBe(0);
    isDown = false;
    await page.getByText('The connection is back: the plan was carried out').waitFor();
    expect(acts).toBe(1);
    visitor.forgive(/ERR_CONNECTION_RESET|Failed to load/);
  });

  it('is watched while it happens, by whoever acts and by whoever looks on', async () => {
    const many = 1_100;
    await putDrawnRing(test.app, { id: 'slow', accounts: many });
    const visitor = await test.signedIn('Ada', 'analyst', '/analyst/rings/slow');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Plan suspension' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('heading', { level: 1, name: /^Plan to suspend: 1,100/ }).waitFor();
    const { page: other } = await test.signedIn('Grace', 'approver', new URL(page.url()).pathname);
    await other.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Suspend 1,100 accounts' }).click();
    const database = new Database({ url: test.app.kith.databaseUrl });
    try {
      await database.transaction(async (tx) => {
        // Somebody else is at work on one of the last accounts, so that the action waits there.
        await tx.query(`select 1 from members where member_id = $1 for update`, ['slow-001050']);
        await page.getByRole('dialog').getByRole('button', { name: 'Suspend 1,100 accounts' }).click();
        for (const onlooker of [page, other]) {
          await onlooker.getByRole('status').getByText('Suspending 1,100 accounts… 1,000 of 1,100').waitFor();
          const bar = onlooker.getByRole('progressbar', { name: 'Suspending' });
          expect(await bar.evaluate((el: HTMLProgressElement) => [el.value, el.max])).toEqual([1_000, 1_100]);
        }
      });
    } finally {
      await database.close();
    }
    for (const onlooker of [page, other])
      await onlooker.getByRole('heading', { level: 1, name: 'Suspended: 1,100 accounts' }).waitFor();
    visitor.forgive(/GPU stall/);
  });

  it('is void once the ring has changed, and is made anew in one press', async () => {
    const { ring, page, visitor } = await planned('moved');
    const members = ring.members.slice(0, accounts - 20);
    await test.app.putRings({ ...ring, members, accounts: members.length });
    await page.getByText('The ring has changed since this plan was made').waitFor();
    expect(await page.getByRole('button', { name: 'Ask for approval' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Make it anew' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plan to suspend: 100 accounts' }).waitFor();
    visitor.forgive(/409/);
  });

  it('is approved once when two press at once, and both are shown by whom', async () => {
    const { path } = await planned('twice');
    const grace = await test.signedIn('Grace', 'approver', path);
    const hedy = await test.signedIn('Hedy', 'approver', path);
    const both = [grace, hedy];
    await Promise.all(both.map(({ page }) => page.getByRole('button', { name: 'Approve' }).waitFor()));
    await Promise.all(both.map(({ page }) => page.getByRole('button', { name: 'Approve' }).click()));
    const said = await Promise.all(both.map(({ page }) => approvedBy(page)));
    expect(said[0]).toBe(said[1]);
    expect(['Grace', 'Hedy']).toContain(said[0]);
    for (const visitor of both) forgiveConflict(visitor);
  });
});

async function approvedBy(page: Page): Promise<string | undefined> {
  const words = await page.getByText(/^Two people: Ada planned it/).textContent();
  return /it, (\w+) approved it/.exec(words ?? '')?.[1];
}

/** The browser's remark on the answer to whoever was second. */
const forgiveConflict = (visitor: Visitor) => visitor.forgive(/409/);
