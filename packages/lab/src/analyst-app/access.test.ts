import { clientId, clientSecret, SmallIssuer } from '@kith/server/testing/issuer';
import { afterAll, describe, expect, it } from 'vitest';
import { chromePath } from '../member-app/browser.ts';
import { useAnalystApp } from './use-analyst-app.ts';

const hourMs = 3_600_000;

/** Ways in and out of the study, in a real browser. KITH_CHROME names it; without one these are skipped. */
describe.skipIf(!chromePath)('access to the study', () => {
  let issuer: SmallIssuer;
  const test = useAnalystApp(
    async ({ person, kith }) => {
      await person('Ines', 'analyst');
      await kith.work();
    },
    async () => {
      issuer = await SmallIssuer.start();
      const roles = { claim: 'groups', groups: { analyst: ['trust'] }, otherwise: null };
      return { oidc: { issuer: issuer.url, clientId, clientSecret, roles } };
    },
  );
  afterAll(() => issuer?.server.close());

  it('lets whoever an issuer vouches for in by one press, to where they wanted to be', async () => {
    issuer.claims = { sub: 'u1', preferred_username: 'Olga', groups: ['trust'] };
    const visitor = await test.visit('/analyst/ledger?kind=view');
    const { page } = visitor;
    await page.getByRole('link', { name: /^Sign in with 127\.0\.0\.1/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    await page.getByText('Olga').waitFor();
    expect(new URL(page.url()).searchParams.get('kind')).toBe('view');
    await page.getByRole('button', { name: 'Sign out' }).click();
    issuer.claims = { sub: 'u2', preferred_username: 'Mallory', groups: [] };
    await page.getByRole('link', { name: /^Sign in with 127\.0\.0\.1/ }).click();
    await page.getByRole('alert').getByText('You were not let in').waitFor();
    // The issuer is elsewhere, and the only elsewhere that a page of the study leads to.
    visitor.forgive(/401|request to http:\/\/127\.0\.0\.1/);
  });

  it('lets an analyst in with a first password, which opens nothing but the page that changes it', async () => {
    const { body } = await test.app.owner('POST', '/v1/analysts', { name: 'Nell', role: 'analyst' });
    const visitor = await test.visit('/analyst/rings?sort=tried');
    const { page } = visitor;
    await page.getByLabel('Name').fill('Nell');
    await page.getByLabel('Password').fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Name and password do not go together').waitFor();
    const { password } = body as { password: string };
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByLabel('Password you were given').fill(password);
    await page.getByLabel('New password', { exact: true }).fill('four unrelated words');
    await page.getByLabel('New password again').fill('four unrelated wards');
    await page.getByRole('button', { name: 'Keep this password' }).click();
    await page.getByText('The two new passwords differ.').waitFor();
    await page.getByLabel('New password again').fill('four unrelated words');
    await page.getByRole('button', { name: 'Keep this password' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rings' }).waitFor();
    expect(page.url()).toContain('sort=tried');
    visitor.forgive(/401/);
  });

  it('says for how long a name is locked after too many tries', async () => {
    await test.app.person('Otto', 'viewer');
    const visitor = await test.visit();
    const { page } = visitor;
    await page.getByLabel('Name').fill('Otto');
    for (let tries = 0; tries < 6; tries += 1) {
      await page.getByLabel('Password').fill(`guess ${tries}`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    }
    await page
      .getByRole('alert')
      .getByText(/locked for now/)
      .waitFor();
    await page
      .getByRole('alert')
      .getByText(/Try again in \d+ (seconds|minutes)/)
      .waitFor();
    visitor.forgive(/401|429/);
  });

  it('asks to sign in again over the page when the session has ended, and loses nothing', async () => {
    const visitor = await test.signedIn('Ines', 'analyst', '/analyst/ledger?kind=view');
    const { page } = visitor;
    await page.getByLabel('Member id').fill('half a thou');
    test.app.kith.clock.advance(2 * hourMs);
    await page.getByRole('button', { name: 'Search' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your sign-in has ended' });
    await dialog.waitFor();
    await dialog.getByLabel('Password').fill((await test.app.person('Ines', 'analyst')).password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Member id').inputValue()).toBe('half a thou');
    expect(new URL(page.url()).pathname).toBe('/analyst/ledger');
    visitor.forgive(/401/);
  });

  it('signs out, and shows nothing of the analyst afterwards', async () => {
    const visitor = await test.signedIn('Uma', 'viewer', '/analyst/rings');
    const { page } = visitor;
    await page.getByText('Uma').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    expect(await page.getByText('Uma').count()).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to the study' }).waitFor();
    visitor.forgive(/401/);
  });

  it('keeps from each role what it may not do', async () => {
    const { page } = await test.signedIn('Vera', 'viewer', '/analyst/people');
    await page.getByText('Your role does not reach this far').waitFor();
    expect(await page.getByRole('navigation').getByText('Analysts').count()).toBe(0);
  });
});
