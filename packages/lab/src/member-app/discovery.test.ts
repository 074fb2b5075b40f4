import { describe, expect, it } from 'vitest';
import { minuteMs } from '../harness/clock.ts';
import { chromePath } from './browser.ts';
import { choose, fileOf, goTo, importFile, preview, useMemberApp, vcardFile } from './use-member-app.ts';

/** Two people and their address books, in real browsers. KITH_CHROME names the browser; without one these are skipped. */
describe.skipIf(!chromePath)('finding people in a browser', () => {
  const test = useMemberApp({ townSize: 100 });

  it('lets two people import their address books and find each other, and nobody else learns anything', async () => {
    const [adaPhone, benPhone, evePhone] = [test.newPhone(), test.newPhone(), test.newPhone()];
    const ada = await test.signedIn({ id: 'ada', phone: adaPhone });
    const ben = await test.signedIn({ id: 'ben', phone: benPhone });
    const eve = await test.signedIn({ id: 'eve', phone: evePhone });
    await importFile(ada.page, vcardFile(['Benny Planted', benPhone], ['Café Planted', test.newPhone()]));
    await importFile(eve.page, vcardFile(['Ada Planted', adaPhone], ['Ben Planted', benPhone]));
    const google = `First Name,Last Name,Phone 1 - Label,Phone 1 - Value\r\nAda,Planted,Mobile,${adaPhone}\r\n`;
    await importFile(ben.page, fileOf('contacts.csv', google));

    for (const { page } of [ada, ben, eve])
      await page.getByRole('link', { name: 'See people found' }).click();
    await ben.page.getByRole('heading', { name: 'Ada Example' }).waitFor();
    await ada.page.getByRole('heading', { name: 'Ben Example' }).waitFor();
    expect(await ada.page.getByText('You have each other').count()).toBe(1);
    await eve.page.getByRole('heading', { name: 'Nobody yet' }).waitFor();

    for (const { sent } of [ada, ben, eve]) {
      expect(sent.filter((request) => /planted/i.test(request))).toEqual([]);
      expect(sent.filter((request) => request.includes('/v1/me/contacts'))).toHaveLength(1);
    }
  });

  it('sends exactly the numbers that it said it would, in one call', async () => {
    const visitor = await test.signedIn({ id: 'cara', phone: test.newPhone() });
    const { page } = visitor;
    const keep = test.newPhone();
    await preview(
      page,
      vcardFile(['Keep', keep], ['Drop', test.newPhone()], ['Keep too', keep], ['Short', '12']),
    );
    await page.getByLabel('Send Drop').uncheck();
    expect(await page.getByLabel('Send Short').isDisabled()).toBe(true);
    await choose(page, 'Plainly');
    await page.getByText('See exactly what is sent').click();
    expect(await page.locator('pre').textContent()).toBe(keep);
    expect(visitor.sent.some((request) => request.includes(keep))).toBe(false);
    const put = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Send 1 number' }).click();
    expect((await put).postDataJSON()).toEqual({ numbers: [keep] });
    await page.getByRole('heading', { name: '1 number sent' }).waitFor();
  });

  it('says what was not understood and why, and reads again for another country', async () => {
    const { page } = await test.signedIn({ id: 'dora', phone: test.newPhone() });
    await preview(page, fileOf('list.csv', 'Name,Phone\nBerlin,030 901820\nPizza,call us\nShort,+1 2\n'));
    expect(await page.getByLabel('Country of numbers').inputValue()).toBe('GB');
    await page.getByRole('row', { name: /Pizza/ }).getByText('not a phone number').waitFor();
    await page.getByRole('row', { name: /Short/ }).getByText('too short').waitFor();
    await page.getByLabel('Country of numbers').selectOption({ label: 'Germany' });
    await page
      .getByRole('row', { name: /Berlin/ })
      .getByText('+4930901820')
      .waitFor();
    await page.getByRole('radio', { name: 'Not understood' }).check();
    expect(await page.getByRole('row').count()).toBe(3);
    await page.getByLabel('Search contacts').fill('pizza');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
  });

  it('takes pasted numbers as an addition to what was sent before', async () => {
    const { page } = await test.signedIn({ id: 'egon', phone: test.newPhone() });
    await goTo(page, 'Import contacts');
    await page.getByLabel('Or paste numbers').fill(`${test.newPhone()}\nMum ${test.newPhone()}`);
    await page.getByRole('button', { name: 'Read these' }).click();
    const patch = page.waitForRequest((request) => request.url().endsWith('/v1/me/contacts'));
    await choose(page, 'Plainly');
    await page.getByRole('button', { name: 'Send 2 numbers' }).click();
    expect((await patch).method()).toBe('PATCH');
    await page.getByRole('heading', { name: '2 numbers sent' }).waitFor();
  });

  it('takes files that are dropped on it, several vCards as one address book', async () => {
    const { page } = await test.signedIn({ id: 'fay', phone: test.newPhone() });
    await goTo(page, 'Import contacts');
    const cards = [test.newPhone(), test.newPhone()].map((phone) =>
      vcardFile(['Somebody', phone]).buffer.toString(),
    );
    const dropped = await page.evaluateHandle((texts) => {
      const transfer = new DataTransfer();
      for (const [i, text] of texts.entries()) transfer.items.add(new File([text], `${i}.vcf`));
      return transfer;
    }, cards);
    await page.getByTestId('drop').dispatchEvent('drop', { dataTransfer: dropped });
    await page.getByRole('heading', { name: 'What was understood in 2 files' }).waitFor();
    await choose(page, 'Plainly');
    await page.getByRole('button', { name: 'Send 2 numbers' }).waitFor();
  });

  it('says so when a file is no address book, and lets another be chosen', async () => {
    const { page } = await test.signedIn({ id: 'gil', phone: test.newPhone() });
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251));
    await preview(page, { ...fileOf('photo.jpg', ''), buffer: noise });
    await page.getByText('No contact was found in it').waitFor();
    expect(await page.getByRole('button', { name: /^Send/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Choose another' }).click();
    await page.getByText('Drop your address book here').waitFor();
  });

  it('shows a large address book in parts, and sends all of it', async () => {
    const { page } = await test.signedIn({ id: 'hal', phone: test.newPhone() });
    const rows = Array.from({ length: 3000 }, (_, i) => `Person ${i},+4915${String(100_000_000 + i * 7)}`);
    await preview(page, fileOf('large.csv', ['Name,Phone', ...rows].join('\n')));
    expect(await page.getByRole('row').count()).toBe(16);
    await page.getByRole('button', { name: 'Show more (2,985 left)' }).click();
    expect(await page.getByRole('row').count()).toBe(216);
    await choose(page, 'Plainly');
    await page.getByRole('button', { name: 'Send 3,000 numbers' }).click();
    await page.getByRole('heading', { name: '3,000 numbers sent' }).waitFor();
    await page.getByText('2,000 numbers are waiting for their turn').waitFor();
    await goTo(page, 'What I may look up');
    await page.getByText('2,000 numbers are waiting for their turn').waitFor();
    expect(await page.getByRole('meter', { name: 'Open look-ups' }).textContent()).toBe('0 of 1,000 left');
  });

  it('shows whom a number led to after the next batch, and shows them that they were found', async () => {
    const iraPhone = test.newPhone();
    const ira = await test.signedIn({ id: 'ira', phone: iraPhone, discoverable: 'anyone' });
    await goTo(ira.page, 'Who found me');
    await ira.page.getByText('Nobody has seen your card').waitFor();
    const jon = await test.signedIn({ id: 'jon', phone: test.newPhone() });
    await importFile(jon.page, vcardFile(['I. Example', iraPhone]));
    await goTo(jon.page, 'People found');
    await jon.page.getByText('Nobody yet').waitFor();
    await test.app.kith.elapse(20 * minuteMs, 5 * minuteMs);
    await jon.page.getByRole('heading', { name: 'Ira Example' }).waitFor();
    expect(await jon.page.getByText('Found by number').count()).toBe(1);
    await ira.page.reload();
    await ira.page.getByText('1 other account with your number has seen your card').waitFor();
    await ira.page.getByRole('img', { name: /Your card was shown 1 time in the last 12 months/ }).waitFor();
    expect(await ira.page.getByText('Jon').count()).toBe(0);
  });

  it('shows people as they come, without a reload, and says it to screen readers', async () => {
    const [kimPhone, leaPhone] = [test.newPhone(), test.newPhone()];
    const kim = await test.signedIn({ id: 'kim', phone: kimPhone });
    await importFile(kim.page, vcardFile(['Lea', leaPhone]));
    await goTo(kim.page, 'People found');
    await kim.page.getByText('Nobody yet').waitFor();
    await test.join({ id: 'lea', phone: leaPhone });
    await test.app.kith.as('lea').putContacts({ numbers: [kimPhone] });
    await kim.page.getByRole('heading', { name: 'Lea Example' }).waitFor();
    await kim.page.getByTestId('announcer').getByText('1 more person in the list').waitFor();
  });

  it('loads more people on demand', async () => {
    const [miaPhone, ...others] = Array.from({ length: 4 }, test.newPhone) as [string, ...string[]];
    const mia = await test.signedIn({ id: 'mia', phone: miaPhone });
    for (const [i, phone] of others.entries()) {
      await test.join({ id: `friend${i}`, phone });
      await test.app.kith.as(`friend${i}`).putContacts({ numbers: [miaPhone] });
    }
    await test.app.kith.as('mia').putContacts({ numbers: others });
    // The service's own pages, made small.
    await mia.page.route('**/v1/me/people*', (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '2');
      return route.continue({ url: url.href });
    });
    await goTo(mia.page, 'People found');
    await mia.page.getByRole('listitem').getByRole('heading').nth(1).waitFor();
    expect(await mia.page.getByRole('heading', { name: /^Friend/ }).count()).toBe(2);
    await mia.page.getByRole('button', { name: 'Show more people' }).click();
    await expect.poll(() => mia.page.getByRole('heading', { name: /^Friend/ }).count()).toBe(3);
  });
});
