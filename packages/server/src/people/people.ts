import type { Exposure, People, Person } from '@kith/protocol';
import type { Context } from '../context.ts';
import { exposureOf } from '../ledger/exposure.ts';
import { readActiveMember } from '../members/active.ts';
import { type MemberRow, readMembers } from '../members/store.ts';
import { canMeet } from './meetings.ts';
import { readPage } from './store.ts';

/**
 * A page of the people a member sees. Everyone is asked again, at this moment: who has chosen `nobody` since, lost its
 * number or was suspended is not shown, whatever is stored.
 */
export async function listPeople(
  context: Context,
  viewerId: string,
  page: { after?: string; limit: number },
): Promise<People> {
  const viewer = await readActiveMember(context.database, viewerId);
  const rows = await readPage(context.database, viewerId, page.after ?? '', page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const members = await readMembers(
    context.database,
    shown.map((row) => row.subjectId),
  );
  const byId = new Map(members.map((member) => [member.memberId, member]));
  const people = shown.flatMap((row): Person[] => {
    const subject = byId.get(row.subjectId);
    if (!subject || !mayShow(viewer, subject, row.how)) return [];
    return [{ id: row.subjectId, card: subject.card, how: row.how, since: row.since.toISOString() }];
  });
  const next = rows.length > page.limit ? shown.at(-1)?.subjectId : undefined;
  return { people, ...(next !== undefined && { next }) };
}

function mayShow(viewer: MemberRow, subject: MemberRow, how: Person['how']): boolean {
  if (how === 'mutual') return canMeet(viewer) && canMeet(subject);
  return subject.discoverable === 'anyone' && canMeet(subject);
}

/** Mutual viewers listed with an exposure answer. */
const viewersMax = 200;

/** How often, when and to how many accounts a member's card was revealed; by name only those it met itself. */
export async function readExposure(context: Context, memberId: string): Promise<Exposure> {
  const { people } = await listPeople(context, memberId, { limit: viewersMax });
  const exposure = await exposureOf(context.database, memberId);
  const viewers = people.filter((person) => person.how === 'mutual');
  return { ...exposure, ...(viewers.length > 0 && { viewers }) };
}
