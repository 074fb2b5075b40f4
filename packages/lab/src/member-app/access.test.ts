import { Database } from '@kith/server';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../harness/clock.ts';
import { chromePath } from './browser.ts';
import { goTo, useMemberApp } from './use-member-app.ts';

/** Ways in and out, in a real browser. KITH_CHROME names it; without one these are skipped. */
describe.skipIf(!chromePath)('access to the member app', () => {
  const test = useMemberApp({ townSize: 100 });

  it('lets a visitor be a demo member in one press, and try its address book', async () => {
    const { page } = await test.visit();
    const first = test.app.town.signIns[0]!;
    await expect.poll(() => page.getByRole('listitem').count()).toBe(8);
    await page.getByRole('button', { name: first.member.card.name }).click();
    await page.getByRole('heading', { name: `Hello, ${first.member.card.name}` }).waitFor();
    await goTo(page, 'Import contacts');
    await page.getByRole('button', { name: 'Use the sample address book' }).click();
    await page.getByRole('button', { name: `Look for ${first.book.length} numbers privately` }).click();
    await page.getByRole('heading', { name: `Looked for ${first.book.length} numbers` }).waitFor();
  });

  it('lets two tabs be two people', async () => {
    const { page, context } = await test.visit();
    const [first, second] = test.app.town.signIns.map(({ member }) => member.card.name) as [string, string];
    await page.getByRole('button', { name: first }).click();
    await page.getByRole('heading', { name: `Hello, ${first}` }).waitFor();
    const other = await context.newPage();
    await other.goto('/');
    await other.getByRole('button', { name: second }).click();
    await other.getByRole('heading', { name: `Hello, ${second}` }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: `Hello, ${first}` }).waitFor();
  });

  it('takes a token out of the address and keeps it in the tab alone', async () => {
    const { page } = await test.signedIn({ id: 'ada', phone: test.newPhone() });
    await page.getByRole('heading', { name: 'Hello, Ada Example' }).waitFor();
    expect(page.url()).toBe(`${test.app.kith.origin}/`);
    const stored = await page.evaluate(() => ({
      local: JSON.stringify(localStorage),
      cookies: document.cookie,
    }));
    const token = await page.evaluate(
      () => JSON.parse(sessionStorage.getItem('kith-session') ?? '{}').token as string,
    );
    expect(token.length).toBeGreaterThan(20);
    expect(stored.local).not.toContain(token);
    expect(stored.cookies).toBe('');
    await page.reload();
    await page.getByRole('heading', { name: 'Hello, Ada Example' }).waitFor();
  });

  it('signs out, leaving nothing in the tab', async () => {
    const { page } = await test.signedIn({ id: 'ben', phone: test.newPhone() });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('kith-session'))).toBeNull();
  });

  it('refuses a token that is none, and says so', async () => {
    const visitor = await test.visit();
    const { page } = visitor;
    await page.getByText('Sign in with a member token').first().click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').getByText('Paste the token first').waitFor();
    await page.getByLabel('Member token').fill('no.such.token');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Your sign-in was refused').waitFor();
    visitor.forgive(/401/);
  });

  it('leads back to the sign-in when the token has expired, and from there to where one was', async () => {
    const visitor = await test.signedIn({ id: 'cara', phone: test.newPhone() });
    const { page } = visitor;
    await goTo(page, 'What I may look up');
    test.app.kith.clock.advance(400 * dayMs);
    await page.reload();
    await page.getByText('Your sign-in has ended').waitFor();
    test.app.kith.clock.advance(-400 * dayMs);
    await page.getByText('Sign in with a member token').first().click();
    await page.getByLabel('Member token').fill(await test.app.kith.host.memberToken('cara'));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'What I may still look up' }).waitFor();
    visitor.forgive(/401/);
  });

  it('tells a suspended member, wherever it goes, and nothing else', async () => {
    const visitor = await test.signedIn({ id: 'dan', phone: test.newPhone() });
    const { page } = visitor;
    await page.getByRole('heading', { name: 'Hello, Dan Example' }).waitFor();
    const database = new Database({ url: test.app.kith.databaseUrl });
    await database.query(`update members set suspended_at = now() where member_id = $1`, ['dan']);
    await page.goto('/people');
    await page.getByRole('heading', { name: 'This account is suspended' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await database.query(`update members set suspended_at = null where member_id = $1`, ['dan']);
    await database.close();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('heading', { name: 'People found' }).waitFor();
    visitor.forgive(/403/);
  });

  it('keeps its pages at addresses of their own, through reloads, and names those that do not exist', async () => {
    const { page } = await test.signedIn({ id: 'eli', phone: test.newPhone() });
    await page.goto('/budget');
    await page.getByRole('heading', { name: 'What I may still look up' }).waitFor();
    expect(await page.title()).toBe('What I may still look up · Kith');
    await page.goto('/no/such/page');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.getByRole('link', { name: 'To the start' }).click();
    await page.getByRole('heading', { name: 'Hello, Eli Example' }).waitFor();
  });
});
