import type { DemoPerson } from '@kith/server/dev';
import { dayMs } from '../harness/clock.ts';
import { type MemberApp, startMemberApp } from './start-member-app.ts';

const months = 8;
const monthMs = 30 * dayMs;

/** A town in which people have joined over the months, and one of them whose pages are worth looking at. */
export interface LivedIn extends MemberApp {
  memberId: string;
  name: string;
}

/**
 * Lets a town live on virtual time until `endMs`: friends of one demo member import their address books month by month,
 * so that its people and its exposure grow as they would have.
 */
export async function startLivedIn(endMs: number): Promise<LivedIn> {
  const app = await startMemberApp({ townSize: 400, startMs: endMs - months * monthMs });
  const { kith, town } = app;
  const me = town.signIns.find(({ member }) => member.discoverable === 'anyone') ?? town.signIns[0]!;
  const friends = town.people.filter(({ book }) => book.some(({ phone }) => phone === me.member.phone));
  for (let month = 0; month < months; month += 1) {
    for (const person of [me, ...joinedBy(friends, month)]) await sync(app, person);
    await kith.elapse(monthMs);
  }
  await kith.as(me.member.id).patchContacts({ add: unknownNumbers(420) });
  return { ...app, memberId: me.member.id, name: me.member.card.name };
}

/** More join early than late, as with every new thing. Who has joined syncs every month, or its meetings would expire. */
function joinedBy(friends: readonly DemoPerson[], month: number): readonly DemoPerson[] {
  return friends.slice(0, Math.round(friends.length * Math.sqrt((month + 1) / months)));
}

async function sync({ kith }: MemberApp, { member, book }: DemoPerson): Promise<void> {
  await kith.as(member.id).putContacts({ numbers: book.map(({ phone }) => phone) });
}

/** Numbers of people who are not members: of area codes outside the town, and reserved for fiction. */
function unknownNumbers(count: number): string[] {
  const areas = [503, 512, 602, 615, 702, 704, 713, 720, 801, 804];
  return Array.from({ length: count }, (_, i) => {
    const line = String(Math.floor(i / areas.length)).padStart(2, '0');
    return `+1${areas[i % areas.length]}55501${line}`;
  });
}
