import { describe, expect, it } from 'vitest';
import { chromePath } from './browser.ts';
import {
  announcement,
  choose,
  goTo,
  importFile,
  preview,
  useMemberApp,
  vcardFile,
} from './use-member-app.ts';

/** What a member can do on each page, in a real browser. KITH_CHROME names it; without one these are skipped. */
describe.skipIf(!chromePath)('the pages of the member app', () => {
  const test = useMemberApp({ townSize: 100 });
  const settingOf = async (id: string) => (await test.app.kith.host.getMember(id)).discoverable;

  describe('who may find me', () => {
    it('is saved at once, announced, and taken back in one press', async () => {
      const { page } = await test.signedIn({ id: 'ada', phone: test.newPhone() });
      await page.getByRole('radio', { name: 'Nobody' }).check();
      await announcement(page).getByText('Now nobody can find you').waitFor();
      expect(await settingOf('ada')).toBe('nobody');
      await page.getByRole('button', { name: 'Undo' }).click();
      await announcement(page).getByText('Now people in your contacts who also have your number').waitFor();
      expect(await settingOf('ada')).toBe('mutual');
      await page.reload();
      await page.getByRole('radio', { name: /^People in my contacts/, checked: true }).waitFor();
    });

    it('asks before anyone may, and takes no for an answer', async () => {
      const { page } = await test.signedIn({ id: 'ben', phone: test.newPhone() });
      const anyone = page.getByRole('radio', { name: 'Anyone who has my number' });
      await anyone.click();
      const dialog = page.getByRole('dialog', { name: 'Let anyone who has your number find you?' });
      await dialog.getByText('learn your name, handle and picture').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await anyone.isChecked()).toBe(false);
      expect(await anyone.evaluate((radio) => radio === document.activeElement)).toBe(true);
      expect(await settingOf('ben')).toBe('mutual');
      await anyone.click();
      await dialog.getByRole('button', { name: 'Yes, let anyone find me' }).click();
      await announcement(page).getByText('Now anyone who has your number can find you').waitFor();
      expect(await settingOf('ben')).toBe('anyone');
    });

    it('goes back to what it was when the service does not accept it', async () => {
      const visitor = await test.signedIn({ id: 'cara', phone: test.newPhone() });
      const { page } = visitor;
      const refuse = { code: 'internal', status: 500, title: 'x', detail: 'x' };
      await page.route('**/v1/me', (route) =>
        route.request().method() === 'PATCH'
          ? route.fulfill({ status: 500, json: refuse })
          : route.continue(),
      );
      await page.getByRole('radio', { name: 'Nobody' }).click();
      await page.getByRole('alert').getByText('Something went wrong').waitFor();
      await page.getByRole('radio', { name: /^People in my contacts/, checked: true }).waitFor();
      visitor.forgive(/500/);
    });

    it('says that nothing can be found without a number on record', async () => {
      const { page } = await test.visit(
        await test.app.signInAddress('dan', { card: { name: 'Dan Example', handle: 'dan' } }),
      );
      await page.getByText('Kith has no phone number of yours').waitFor();
    });
  });

  describe('my contacts', () => {
    it('are deleted after a confirmation, and with them the meetings', async () => {
      const [eliPhone, fayPhone] = [test.newPhone(), test.newPhone()];
      const eli = await test.signedIn({ id: 'eli', phone: eliPhone });
      await test.join({ id: 'fay', phone: fayPhone });
      await test.app.kith.as('fay').putContacts({ numbers: [eliPhone] });
      await importFile(eli.page, vcardFile(['Fay', fayPhone]));
      expect(await test.app.kith.as('fay').allPeople()).toHaveLength(1);
      await goTo(eli.page, 'Home');
      await eli.page.getByRole('button', { name: 'Delete my contacts' }).click();
      const dialog = eli.page.getByRole('dialog');
      await dialog.getByText('This cannot be undone').waitFor();
      await dialog.getByRole('button', { name: 'Keep them' }).click();
      expect(await test.app.kith.as('fay').allPeople()).toHaveLength(1);
      await eli.page.getByRole('button', { name: 'Delete my contacts' }).click();
      await dialog.getByRole('button', { name: 'Delete my contacts' }).click();
      await eli.page.getByText('Your contacts are deleted', { exact: true }).waitFor();
      expect(await test.app.kith.as('fay').allPeople()).toEqual([]);
    });
  });

  describe('a page that cannot load', () => {
    it('says why and tries again', async () => {
      const visitor = await test.signedIn({ id: 'gil', phone: test.newPhone() });
      const { page } = visitor;
      await page.route('**/v1/me/exposure', (route) => route.abort());
      await goTo(page, 'Who found me');
      // What the first page has asked for already is shown for a while, and not asked again.
      await page.reload();
      await page.getByRole('alert').getByText('Kith cannot be reached').waitFor();
      await page.unroute('**/v1/me/exposure');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Nobody has seen your card').waitFor();
      visitor.forgive(/ERR_FAILED/);
    });
  });

  describe('a sending that fails', () => {
    it('keeps the selection and can be sent again', async () => {
      const visitor = await test.signedIn({ id: 'hal', phone: test.newPhone() });
      const { page } = visitor;
      await preview(page, vcardFile(['A', test.newPhone()], ['B', test.newPhone()]));
      await page.getByLabel('Send B').uncheck();
      await page.route('**/v1/me/contacts', (route) => route.abort());
      await choose(page, 'Plainly');
      await page.getByRole('button', { name: 'Send 1 number' }).click();
      await page.getByRole('alert').getByText('Kith cannot be reached').waitFor();
      expect(await page.getByLabel('Send B').isChecked()).toBe(false);
      await page.unroute('**/v1/me/contacts');
      await page.getByRole('button', { name: 'Send 1 number' }).click();
      await page.getByRole('heading', { name: '1 number sent' }).waitFor();
      visitor.forgive(/ERR_FAILED/);
    });

    it('can be stopped on the way', async () => {
      const { page } = await test.signedIn({ id: 'ira', phone: test.newPhone() });
      await preview(page, vcardFile(['A', test.newPhone()]));
      await page.route('**/v1/me/contacts', () => undefined);
      await choose(page, 'Plainly');
      await page.getByRole('button', { name: 'Send 1 number' }).click();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Send 1 number' }).waitFor();
    });
  });

  describe('without a network', () => {
    it('an import can be prepared, and is sent when the network is back', async () => {
      const visitor = await test.signedIn({ id: 'jon', phone: test.newPhone() });
      const { page, context } = visitor;
      await goTo(page, 'Import contacts');
      await context.setOffline(true);
      await page.getByText('You are offline', { exact: true }).waitFor();
      await context.setOffline(false);
      await page.getByText('You are offline', { exact: true }).waitFor({ state: 'hidden' });
      await page.getByLabel('Address book file').setInputFiles(vcardFile(['A', test.newPhone()]));
      await choose(page, 'Plainly');
      const send = page.getByRole('button', { name: 'Send 1 number' });
      await send.waitFor();
      await context.setOffline(true);
      await expect.poll(() => send.isDisabled()).toBe(true);
      await context.setOffline(false);
      await send.click();
      await page.getByRole('heading', { name: '1 number sent' }).waitFor();
      visitor.forgive(/ERR_INTERNET_DISCONNECTED/);
    });
  });
});
