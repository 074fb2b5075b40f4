import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCase, createCase } from '../cases/cases.ts';
import { startTestHall, type TestHall } from '../testing.ts';
import { exportIncident } from './export.ts';
import { computeExposure } from './exposure.ts';
import { queueNotices } from './notices/deliver.ts';
import { putRing, ringOf, startIncident } from './testing.ts';

let hall: TestHall;
let folder: string;
const by = 'Ada (key)';
const script = '<script>alert(1)</script>';
const arabic = 'سارا \u202eabc';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-incident-'));
  hall = await startTestHall({ trustedProxies: ['127.0.0.1'] });
  await startIncident(hall);
  await createCase(
    hall.context,
    { id: 'bad', name: `${script} ${'long '.repeat(2_000)}`, rings: ['ring-1'] },
    by,
  );
  await changeCase(hall.context, 'bad', { host: { name: `${script} & Co`, contact: 'a@b.example' } }, by);
  await hall.context.database.query(
    `update members set card_name = case member_id when 'open1' then $1 else $2 end where member_id like 'open%'`,
    [`${script}${'x'.repeat(10_000)}`, arabic],
  );
  await computeExposure(hall.context, 'bad', by);
});
afterAll(async () => {
  await hall.stop();
  await rm(folder, { recursive: true, force: true });
});

const read = (name: string) => readFile(join(folder, name), 'utf8');
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

async function noticesIn(place: string) {
  const names = (await readdir(join(place, 'notices'))).filter((name) => name.endsWith('.ndjson')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(place, 'notices', name), 'utf8')));
  return texts.flatMap(rowsOf);
}

describe('an export', () => {
  it('writes every output, whole, and is the same when it is made again', async () => {
    const { files, complete, notices } = await exportIncident(hall.context, 'bad', folder);
    const names = files.map(({ name }) => name);
    expect(names.slice(0, 10)).toEqual([
      'report.html',
      'report.pdf',
      'statement.html',
      'gdpr-33.html',
      'stix.json',
      'misp.json',
      'veris.json',
      'exposed.ndjson',
      'protected.ndjson',
      'figures.json',
    ]);
    expect({ complete, notices }).toEqual({ complete: true, notices: 2 });
    const before = await Promise.all(names.map((name) => readFile(join(folder, name))));
    await exportIncident(hall.context, 'bad', folder);
    expect(await Promise.all(names.map((name) => readFile(join(folder, name))))).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('lets no name run, whoever chose it, and lets no name be endless', async () => {
    for (const name of ['report.html', 'statement.html', 'gdpr-33.html']) {
      const text = await read(name);
      expect(text).not.toContain('<script');
      expect(text).toContain("default-src 'none'");
    }
    await exportIncident(hall.context, 'bad', folder, { each: true });
    const pages = await readdir(join(folder, 'notices/each/part-000001'));
    for (const page of pages.filter((name) => name.endsWith('.html'))) {
      const text = await read(`notices/each/part-000001/${page}`);
      expect(text).not.toContain('<script');
      expect(text.length).toBeLessThan(5_000);
    }
  });

  it('keeps names in other scripts from turning a sentence round', async () => {
    const [, notice] = (await noticesIn(folder)) as { member: string; text: string }[];
    expect(notice).toMatchObject({ member: 'open2', direction: 'ltr' });
    expect(notice!.text).toContain('\u2068سارا  abc\u2069');
    expect(notice!.text).not.toContain('\u202e');
    const given = { language: 'he' as const };
    await exportIncident(hall.context, 'bad', join(folder, 'he'), given);
    const [hebrew] = await noticesIn(join(folder, 'he'));
    expect(hebrew).toMatchObject({ language: 'he', direction: 'rtl', times: 2, viewers: 2 });
  });

  it('shows nobody who was exposed to other defenders', async () => {
    for (const name of ['stix.json', 'misp.json', 'veris.json']) {
      const text = await read(name);
      for (const member of ['open1', 'open2', 'gone', 'hidden', 'mutual']) expect(text).not.toContain(member);
    }
    expect(await read('stix.json')).toContain('"user_id":"fake1"');
  });

  it('lists each card that was shown, and nobody twice', async () => {
    const rows = rowsOf(await read('exposed.ndjson'));
    expect(rows.map(({ member, times }) => [member, times.length])).toEqual([
      ['gone', 1],
      ['open1', 2],
      ['open2', 1],
    ]);
  });
});

describe('an export that was interrupted', () => {
  let place: string;
  const people = 250;
  const noticesInPart = 100;

  beforeAll(async () => {
    place = join(folder, 'resumed');
    const { context } = hall;
    await createCase(context, { id: 'many', name: 'Many', rings: ['ring-1'] }, by);
    await context.database.query(
      `insert into ledger (member_id, entry_id, at, kind, other_id, body, mac, sealed)
       select 'm' || n, gen_random_uuid(), now(), 'reveal', 'fake1', '{"how":"number"}', '\\x00', true
       from generate_series(1, $1::integer) as n`,
      [people],
    );
    await context.database.query(
      `insert into members (member_id, discoverable, card_name, card_handle, canary, created_at, updated_at)
       select 'm' || n, 'anyone', 'Name', 'handle', false, now(), now() from generate_series(1, $1::integer) as n`,
      [people],
    );
    await computeExposure(context, 'many', by);
  });

  it('goes on where it was: nothing is lost, nothing is there twice', async () => {
    const stopping = new AbortController();
    const options = { noticesInPart, stop: stopping.signal, onProgress: () => stopping.abort() };
    const first = await exportIncident(hall.context, 'many', place, options);
    expect(first).toMatchObject({ complete: false, notices: 100 });
    // What a crash in the middle of the next part leaves behind.
    await writeFile(join(place, 'notices/part-000002.en.ndjson'), '{"member":"half');
    const second = await exportIncident(hall.context, 'many', place, { noticesInPart });
    expect(second).toMatchObject({ complete: true, notices: people + 2 });
    const members = (await noticesIn(place)).map(({ member }) => member);
    expect(members).toHaveLength(people + 2);
    expect(new Set(members).size).toBe(people + 2);
  });

  it('starts anew when the figures are others', async () => {
    hall.clock.advance(1_000);
    await hall.member('fake9', {});
    await putRing(hall, ringOf(hall, 'ring-1', ['fake1', 'fake2', 'fake9']));
    const { computedAt } = await computeExposure(hall.context, 'many', by);
    expect(await exportIncident(hall.context, 'many', place, { noticesInPart })).toMatchObject({
      figures: { computedAt, accounts: 3 },
      notices: people + 2,
    });
    expect(await noticesIn(place)).toHaveLength(people + 2);
  });

  it('is queued for the host’s webhook once, however often it is asked for', async () => {
    await expect(queueNotices(hall.context, 'many', by)).rejects.toMatchObject({ code: 'webhook_missing' });
    await hall.host('PUT', '/v1/webhooks', { url: 'http://127.0.0.1:9/hook' });
    expect(await queueNotices(hall.context, 'bad', by)).toEqual({ queued: 2 });
    expect(await queueNotices(hall.context, 'bad', by)).toEqual({ queued: 0 });
    const rows = await hall.context.database.query<{ body: string }>(`select body from deliveries`);
    const [{ type, data }] = rows.map(({ body }) => JSON.parse(body));
    expect([type, data.notices.map(({ member }: { member: string }) => member)]).toEqual([
      'members.exposed',
      ['open1', 'open2'],
    ]);
  });
});
