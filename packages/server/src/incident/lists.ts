import type { ExposedMember, ProtectedMember } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { heldAt } from '../ledger/settings.ts';
import { readMembers } from '../members/store.ts';
import { type RevealRow, readPeopleAmong, readProtected, readReveals } from './lists-store.ts';
import { settingsOf } from './members.ts';
import type { RunRow } from './store.ts';

type Run = Pick<RunRow, 'caseId' | 'run'>;

const revealsAtOnce = 2_000;
const membersAtOnce = 250;
const firstEntry = '00000000-0000-0000-0000-000000000000';

/** Everybody whose card was shown, in the order of their ids, after one of them. */
export async function* exposedMembers(context: Context, run: Run, after = ''): AsyncGenerator<ExposedMember> {
  let batch: RevealRow[][] = [];
  for await (const reveals of revealsByMember(context, run, after)) {
    batch.push(reveals);
    if (batch.length < membersAtOnce) continue;
    yield* await described(context, run, batch);
    batch = [];
  }
  yield* await described(context, run, batch);
}

/** All cards of one member together; a member is met once, however many pages its cards fill. */
async function* revealsByMember({ database }: Context, run: Run, after: string): AsyncGenerator<RevealRow[]> {
  // An entry id above all others: the member itself is not to be met again.
  let place = {
    memberId: after,
    entryId: after === '' ? firstEntry : 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  };
  let held: RevealRow[] = [];
  for (;;) {
    const page = await readReveals(database, run, place, revealsAtOnce);
    for (const row of page) {
      if (held.length > 0 && held[0]!.memberId !== row.memberId) {
        yield held;
        held = [];
      }
      held.push(row);
    }
    if (page.length < revealsAtOnce) break;
    place = page.at(-1)!;
  }
  if (held.length > 0) yield held;
}

async function described(
  { database }: Context,
  run: Run,
  found: readonly RevealRow[][],
): Promise<ExposedMember[]> {
  const people = await readPeopleAmong(
    database,
    run,
    found.map((reveals) => reveals[0]!.memberId),
  );
  const batch = found.filter((reveals) => people.has(reveals[0]!.memberId));
  const ids = batch.map((reveals) => reveals[0]!.memberId);
  const names = new Map((await readMembers(database, ids)).map((row) => [row.memberId, row.card.name]));
  const settings = await settingsOf(database, ids);
  return batch.map((reveals) => {
    const { memberId, at } = reveals[0]!;
    return {
      member: memberId,
      name: names.get(memberId) ?? null,
      setting: heldAt(settings.get(memberId) ?? [], at.getTime())?.discoverable ?? 'unknown',
      times: reveals.map((row) => ({ at: row.at.toISOString(), viewer: row.viewer, how: row.how })),
    };
  });
}

export async function* protectedMembers(
  { database }: Context,
  run: Run,
  after = '',
): AsyncGenerator<ProtectedMember> {
  for (let place = after; ; ) {
    const page = await readProtected(database, run, place, membersAtOnce);
    for (const { memberId, setting, from, until, changed } of page) {
      yield {
        member: memberId,
        setting,
        at: from.toISOString(),
        until: until.toISOString(),
        exact: !changed,
      };
    }
    if (page.length < membersAtOnce) return;
    place = page.at(-1)!.memberId;
  }
}
