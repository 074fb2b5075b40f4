import { chdbInstalled, type EventStore, openEventStore } from '@kith/detection';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { watchNews } from '../rings/rings.ts';
import { number, numbers, startTestHall, type TestHall } from '../testing.ts';
import { feedEvents, rebuildEvents } from './feed.ts';
import { readCursor, writeCursor } from './store.ts';

const batchMs = 600_000;

describe.skipIf(!chdbInstalled())(
  'the copy of the ledger that detection reads (needs the optional chdb)',
  () => {
    let hall: TestHall;
    let events: EventStore;
    const rows = () => events.engine.query(`SELECT * FROM ${events.table} FINAL ORDER BY id`);

    beforeAll(async () => {
      hall = await startTestHall({ trustedProxies: ['127.0.0.1'] });
      events = await openEventStore();
      await hall.member('ann', { phone: number(1), discoverable: 'mutual' });
      await hall.member('bob', { phone: number(2), discoverable: 'anyone' });
      await hall.member('bait', { phone: number(3), discoverable: 'anyone', canary: true });
      await hall.syncs('bob', [number(1), number(50)]);
      await hall.work();
      const headers = { 'x-forwarded-for': '8.8.8.8', 'kith-device': 'phone-1' };
      await hall.as('ann')(
        'PUT',
        '/v1/me/contacts',
        { numbers: [number(2), number(3), ...numbers(50, 5), 'junk'] },
        headers,
      );
      await hall.work();
      hall.clock.advance(batchMs);
      await hall.work();
      while ((await feedEvents(hall.context, events)) > 0);
    });
    afterAll(async () => {
      await events.close();
      await hall.stop();
    });

    it('has an event for each sync, with where it came from and what it was, and none of its numbers', async () => {
      const found = await rows();
      expect(found).toContainEqual(
        expect.objectContaining({
          member: 'ann',
          prefix: '8.8.8.0/24',
          device: 'phone-1',
          way: 'plain',
          discoverable: 'mutual',
          numbers_new: 7,
          numbers_rejected: 1,
          slots_met: 1,
        }),
      );
      expect(JSON.stringify(found)).not.toMatch(/555\d{4}/);
    });

    it('knows what the batch looked like: runs, prefixes, country, and what nobody else has asked about', async () => {
      const [sketched] = (await rows()).filter(
        (row) =>
          (row as { member: string; sketched: number }).member === 'ann' &&
          (row as { sketched: number }).sketched > 0,
      );
      // Bob asked about number 50 before; the other numbers are Ann's alone.
      expect(sketched).toMatchObject({
        sketched: 7,
        solitary: 6,
        in_runs: 7,
        number_country: 'US',
        number_country_count: 7,
      });
    });

    it('knows who touched a canary, and how many were revealed to whom', async () => {
      const of = (name: string) =>
        `(SELECT sum(${name}) AS n FROM ${events.table} FINAL WHERE member = 'ann')`;
      const [row] = await events.engine.query(
        `SELECT ${of('canaries')} AS canaries, ${of('reveals')} AS reveals`,
      );
      // Bob, whom Ann met mutually, needs no reveal.
      expect(row).toEqual({ canaries: 1, reveals: 1 });
    });

    it('counts what is learnt later as no sync', async () => {
      const counts = await events.engine.query(
        `SELECT toString(way) AS way, count() AS n FROM ${events.table} FINAL WHERE member = 'ann' GROUP BY way ORDER BY way`,
      );
      // The looks of the batch, a canary touched, somebody revealed.
      expect(counts).toEqual([
        { way: 'plain', n: 1 },
        { way: 'report', n: 3 },
      ]);
    });

    it('is looked through when something has come, and not when nothing has', async () => {
      const look = vi.fn(async () => undefined);
      expect(await watchNews(hall.context, look, false)).toBe(true);
      expect(await watchNews(hall.context, look, false)).toBe(false);
      // After a start nobody knows how the last look ended.
      expect(await watchNews(hall.context, look, true)).toBe(true);
      expect(look).toHaveBeenCalledTimes(2);
      await hall.syncs('bob', [number(1), number(50), number(51)]);
      await hall.work();
      while ((await feedEvents(hall.context, events)) > 0);
      const failing = () => Promise.reject(new Error('gone'));
      await expect(watchNews(hall.context, failing, false)).rejects.toThrow('gone');
      // What failed is tried again, though nothing more has come.
      expect(await watchNews(hall.context, look, false)).toBe(true);
    });

    it('counts an entry once, however often it is fed, and is equal when it is rebuilt', async () => {
      const before = await rows();
      await writeCursor(hall.context.database, 'events', 0);
      while ((await feedEvents(hall.context, events)) > 0);
      expect(await rows()).toEqual(before);
      await rebuildEvents(hall.context, events);
      expect(await rows()).toEqual(before);
    });

    it('goes on where it was when the store dies in the middle of a batch, and loses and doubles nothing', async () => {
      const before = await rows();
      await events.drop();
      await writeCursor(hall.context.database, 'events', 0);
      const dying: Pick<EventStore, 'insert' | 'forget'> = {
        forget: (members) => events.forget(members),
        insert: async (batch) => {
          await events.insert(batch.slice(0, 3));
          process.kill((events.engine as EventStore['engine'] & { pid: number }).pid, 'SIGKILL');
          await events.insert(batch);
        },
      };
      // Whether the insert under way met the death or the new process: what was not delivered is given again.
      await feedEvents(hall.context, dying).catch((error: { code?: string }) =>
        expect(error.code).toBe('event_store_unavailable'),
      );
      while ((await feedEvents(hall.context, events)) > 0);
      expect(await rows()).toEqual(before);
    });

    it('moves on only when the store has what it was given', async () => {
      await writeCursor(hall.context.database, 'events', 0);
      const full = Object.assign(new Error('no space'), { code: 'event_store_query_failed' });
      const refusing = { insert: () => Promise.reject(full), forget: async () => undefined };
      await expect(feedEvents(hall.context, refusing)).rejects.toBe(full);
      expect(await readCursor(hall.context.database, 'events')).toBe(0);
    });

    it('hands a slow store one batch at a time, and no sync waits for it', async () => {
      await writeCursor(hall.context.database, 'events', 0);
      let release = () => {};
      let given = 0;
      const slow = {
        forget: async () => undefined,
        insert: async (batch: readonly unknown[]) => {
          given += batch.length;
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        },
      };
      const feeding = feedEvents(hall.context, slow);
      await vi.waitFor(() => expect(given).toBeGreaterThan(0));
      await hall.syncs('bob', [number(1), number(50), number(51)]);
      expect(await readCursor(hall.context.database, 'events')).toBe(0);
      release();
      expect(await feeding).toBeLessThanOrEqual(2_000);
      expect(await readCursor(hall.context.database, 'events')).toBeGreaterThan(0);
    });

    it('forgets where an erased member was, and is equal when it is rebuilt after that', async () => {
      const of = async (member: string) =>
        (await rows()).filter((row) => (row as { member: string }).member === member);
      await hall.work();
      while ((await feedEvents(hall.context, events)) > 0);
      const [bob, ann] = [await of('bob'), await of('ann')];
      expect(JSON.stringify(ann)).toContain('8.8.8.0/24');
      expect(await hall.host('DELETE', '/v1/members/ann')).toMatchObject({ status: 204 });
      await hall.work();
      while ((await feedEvents(hall.context, events)) > 0);
      const erased = await of('ann');
      expect(erased).toHaveLength(ann.length);
      for (const row of erased) expect(row).toMatchObject({ prefix: '', device: '', created: 0, asn: 0 });
      expect(JSON.stringify(erased)).not.toMatch(/8\.8\.8|phone-1/);
      expect(await of('bob')).toEqual(bob);
      const before = await rows();
      await rebuildEvents(hall.context, events);
      expect(await rows()).toEqual(before);
    });
  },
);
