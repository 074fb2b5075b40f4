import { type EventStore, type Likeness, linkSignals, whoElse } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { Lookalike, WhoElse } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { historyOfRing } from './decisions.ts';
import { readRing, readRingMembers, readWhoElse, writeWhoElse } from './store.ts';

/**
 * @returns null where nobody has searched yet
 * @throws Problem `ring_unknown`
 */
export async function getWhoElse({ database }: Context, ringId: string): Promise<WhoElse | null> {
  const answer = await readWhoElse<WhoElse>(database, ringId);
  if (answer === undefined) throw new Problem('ring_unknown');
  return answer;
}

/** Searches under way: a second who asks waits for the first one's answer. */
const underWay = new WeakMap<EventStore, Map<string, Promise<WhoElse>>>();

/** @throws Problem `ring_unknown`, `watch_unavailable` */
export async function searchWhoElse(
  context: Context,
  events: EventStore | undefined,
  ringId: string,
  by: string,
): Promise<WhoElse> {
  if (!events) throw new Problem('watch_unavailable');
  const searches = underWay.get(events) ?? new Map<string, Promise<WhoElse>>();
  underWay.set(events, searches);
  const known = searches.get(ringId);
  if (known) return known;
  const search = find(context, events, ringId, by).finally(() => searches.delete(ringId));
  searches.set(ringId, search);
  return search;
}

async function find(context: Context, events: EventStore, ringId: string, by: string): Promise<WhoElse> {
  const row = await readRing(context.database, ringId);
  if (!row) throw new Problem('ring_unknown');
  const members = await readRingMembers(context.database, ringId);
  const found = await whoElse(events, { id: ringId, members, links: row.body.links });
  const [span] = await events.engine.query<{ first: number; last: number }>(
    `SELECT min(at) AS first, max(at) AS last FROM ${events.table}`,
  );
  const now = context.now();
  const answer: WhoElse = {
    searchedAt: new Date(now).toISOString(),
    events: found.searched.events,
    from: new Date(span?.first ?? 0).toISOString(),
    to: new Date(span?.last ?? now).toISOString(),
    found: found.matches.map(lookalikeOf),
    near: found.nearMisses.map(lookalikeOf),
    nobody: found.matches.length === 0,
  };
  await context.database.transaction(async (tx) => {
    await writeWhoElse(tx, ringId, answer);
    const body = { what: 'who-else', ring: ringId, by, events: answer.events, found: answer.found.length };
    await context.ledger.append(
      tx,
      [{ memberId: historyOfRing(ringId), kind: 'enforcement' as const, body }],
      now,
    );
  });
  return answer;
}

const titles = new Map(linkSignals.map(({ id, title }) => [id as string, title]));

function lookalikeOf({ member, evidence, traits }: Likeness): Lookalike {
  const why = [...new Set(traits.map(({ signal }) => titles.get(signal) ?? signal))];
  return { member, score: evidence, why };
}
