import { defaultPolicy, type Policy } from '@kith/server';
import type { DemoPerson } from '@kith/server/dev';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formsIn } from '../private/number-forms.ts';
import { type RecordingProxy, startRecordingProxy } from '../private/recording-proxy.ts';
import { chromePath } from './browser.ts';
import { choose, fileOf, goTo, lookPrivately, preview, useMemberApp, vcardFile } from './use-member-app.ts';

/** Lookups that a book of six exceeds, and no sample address book of the town does by meetings alone. */
const policy: Policy = structuredClone(defaultPolicy);
policy.budgets.lookups.member = { capacity: 4, perDay: 4 };

/** The private way in real browsers. KITH_CHROME names the browser; without one these are skipped. */
describe.skipIf(!chromePath)('the private way in a browser', () => {
  const test = useMemberApp({ townSize: 100, policy });
  let proxy: RecordingProxy;
  beforeAll(async () => {
    proxy = await startRecordingProxy(test.app.kith.origin);
  });
  afterAll(() => proxy?.stop());

  it('lets two demo members import their books and find each other, and no byte they send holds a number', async () => {
    const [one, other] = pairOf(test.app.town.signIns);
    const pages: Page[] = [];
    for (const { member, book } of [one, other]) {
      const { page } = await test.visit('/', {}, proxy.origin);
      await page.getByRole('button', { name: member.card.name }).click();
      await goTo(page, 'Import contacts');
      await page.getByRole('button', { name: 'Use the sample address book' }).click();
      await page.getByText(`None of these ${book.length} numbers.`).waitFor();
      await page.getByRole('button', { name: `Look for ${book.length} numbers privately` }).click();
      await page.getByRole('heading', { name: `Looked for ${book.length} numbers` }).waitFor();
      pages.push(page);
    }
    await goTo(pages[0]!, 'People found');
    await pages[0]!.getByRole('heading', { name: other.member.card.name }).waitFor();
    await goTo(pages[1]!, 'People found');
    await pages[1]!.getByRole('heading', { name: one.member.card.name }).waitFor();

    const sent = proxy.sent();
    for (const call of ['/v1/me/keys', '/v1/me/slots', '/v1/me/oprf', '/v1/buckets'])
      expect(sent.includes(call), call).toBe(true);
    const numbers = [one, other].flatMap(({ member, book }) => [
      member.phone,
      ...book.map(({ phone }) => phone),
    ]);
    expect(formsIn(sent, [...new Set(numbers)], 1)).toEqual([]);
  });

  it('says what plain changes, does just that, remembers it, and forgets it when private has done its part', async () => {
    const ada = await test.signedIn({ id: 'ada', phone: test.newPhone() });
    const { page, sent } = ada;
    const [kept, gone] = [test.newPhone(), test.newPhone()];
    await preview(page, vcardFile(['Kept', kept], ['Gone', gone]));
    expect(await page.getByRole('radio', { name: 'Privately' }).isChecked()).toBe(true);
    await page.getByText('What changes, and what stays the same').click();
    await page
      .getByRole('row', { name: /Kith learns the numbers in your book/ })
      .getByText('never')
      .waitFor();
    await choose(page, 'Plainly');
    await page.getByText('2 numbers, and nothing else').waitFor();
    const put = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Send 2 numbers' }).click();
    expect((await put).postDataJSON()).toEqual({ numbers: [kept, gone] });
    await page.getByRole('heading', { name: '2 numbers sent' }).waitFor();

    await page.reload();
    await page.getByLabel('Address book file').setInputFiles(vcardFile(['Kept', kept]));
    await page.getByRole('radio', { name: 'Plainly', checked: true }).waitFor();
    await choose(page, 'Privately');
    sent.length = 0;
    // This tab was opened with the member's number; a reload has not lost it.
    await page.getByRole('button', { name: 'Look for 1 number privately' }).click();
    await page.getByRole('heading', { name: 'Looked for 1 number' }).waitFor();
    const puts = sent.filter((request) => request.includes('/v1/me/contacts'));
    expect(puts).toHaveLength(1);
    expect(puts[0]).toContain('{"numbers":[]}');
    expect(sent.filter((request) => request.includes(kept.slice(1)))).toEqual([]);
  });

  it('asks for one’s own number where nobody has told it, and finds out a wrong one before anything is sent', async () => {
    const [own, friend] = [test.newPhone(), test.newPhone()];
    const address = await test.join({ id: 'ben', phone: own });
    const { page, sent } = await test.visit(address.replace(/&number=.*/, ''));
    await preview(page, vcardFile(['Friend', friend]));
    const look = page.getByRole('button', { name: 'Look for 1 number privately' });
    const field = page.getByLabel('Your own number');
    await look.click();
    await page.getByText('Write it with its country code').waitFor();
    await field.fill(test.newPhone());
    await look.click();
    await page.getByRole('alert').getByText('The keys do not fit this number').waitFor();
    expect(sent.filter((request) => /me\/(slots|oprf)|buckets/.test(request))).toEqual([]);
    await field.fill(`+1 (${own.slice(2, 5)}) ${own.slice(5, 8)}-${own.slice(8)}`);
    await look.click();
    await page.getByRole('heading', { name: 'Looked for 1 number' }).waitFor();
    expect(sent.filter((request) => request.includes(own.slice(1)))).toEqual([]);
  });

  it('has words for a member without a number, who can still find those whom anyone may find', async () => {
    const { kith } = test.app;
    await kith.host.putMember('cara', { card: { name: 'Cara Example', handle: 'cara' } });
    const { page, sent } = await test.visit(`/#token=${await kith.host.memberToken('cara')}`);
    await preview(page, vcardFile(['Friend', test.newPhone()]));
    await page.getByText('Kith has no phone number of yours').waitFor();
    await page.getByRole('button', { name: 'Look for 1 number privately' }).click();
    await page.getByRole('heading', { name: 'Looked for 1 number' }).waitFor();
    expect(sent.some((request) => request.includes('/v1/me/oprf'))).toBe(true);
    expect(sent.some((request) => request.includes('/v1/me/slots'))).toBe(false);
  });

  it('can be stopped and broken off, and goes on from there without paying twice', async () => {
    const dan = await test.signedIn({ id: 'dan', phone: test.newPhone() });
    const { page } = dan;
    await preview(page, vcardFile(['A', test.newPhone()], ['B', test.newPhone()]));
    const look = page.getByRole('button', { name: 'Look for 2 numbers privately' });
    await page.route('**/v1/me/oprf', () => undefined);
    await look.click();
    await page.getByText('Asking blindly about the others').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('status').getByText('goes on from there').waitFor();
    const spent = async () => {
      const { slots, lookups } = await test.app.kith.as('dan').budget();
      return { slots: slots.capacity - slots.left, lookups: lookups.capacity - lookups.left };
    };
    const { slots } = await spent();
    expect(slots).toBeGreaterThan(0);

    await page.unroute('**/v1/me/oprf');
    await page.route('**/v1/me/oprf', (route) => route.abort());
    await look.click();
    await page.getByRole('alert').getByText('The connection broke off').waitFor();
    await page.unroute('**/v1/me/oprf');
    await look.click();
    await page.getByRole('heading', { name: 'Looked for 2 numbers' }).waitFor();
    expect(await spent()).toEqual({ slots, lookups: 2 });
    dan.forgive(/ERR_FAILED/);
  });

  it('says what waits for budget, and that this page must go on; deleting contacts clears this browser too', async () => {
    const { page } = await test.signedIn({ id: 'eli', phone: test.newPhone() });
    const book = Array.from({ length: 6 }, (_, at) => `Person ${at},${test.newPhone()}`);
    await lookPrivately(page, fileOf('book.csv', ['Name,Phone', ...book].join('\n')));
    await page.getByText('2 numbers of yours wait for budget').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('2 numbers of yours wait for budget').waitFor();
    const stores = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(await stores()).toEqual(['kith eli']);
    await goTo(page, 'Home');
    await page.getByRole('button', { name: 'Delete my contacts …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete my contacts' }).click();
    await page.getByText('Your contacts are deleted', { exact: true }).waitFor();
    await expect.poll(stores).toEqual([]);
  });
});

/** Two of the town who have each other's number. */
function pairOf(people: readonly DemoPerson[]): [DemoPerson, DemoPerson] {
  const knows = (one: DemoPerson, other: DemoPerson) =>
    one !== other &&
    one.member.discoverable !== 'nobody' &&
    one.book.some(({ phone }) => phone === other.member.phone);
  for (const one of people)
    for (const other of people) if (knows(one, other) && knows(other, one)) return [one, other];
  throw new Error('no two of them know each other');
}
