import { ringOf } from './rings.ts';
import type { AnalystApp } from './start-analyst-app.ts';

const membersPerRing = 3;

/** A ring of members that exist, so that what is done to it is done to somebody. */
interface NightRing {
  id: string;
  members: string[];
}

/** Lets a few members come in and look each other up, and stores the rings they are thought to be. */
export async function liveThroughANight({ kith, putRings }: AnalystApp): Promise<NightRing[]> {
  const rings = ['ring-a', 'ring-b', 'ring-c', 'ring-d'].map((id) => ({
    id,
    members: Array.from({ length: membersPerRing }, (_, at) => `${id}-${at}`),
  }));
  const everybody = rings.flatMap(({ members }) => members);
  await kith.host.importMembers(
    everybody.map((id, at) => ({
      id,
      phone: phoneOf(at),
      discoverable: 'anyone' as const,
      card: { name: `Member ${at}`, handle: id },
    })),
  );
  for (const [at, id] of everybody.entries())
    await kith.as(id).putContacts({ numbers: [phoneOf((at + 1) % everybody.length), phoneOf(500 + at)] });
  await kith.work();
  const untilMs = kith.clock.now();
  await putRings(
    ...rings.map(({ id, members }, at) =>
      ringOf({ id, members, untilMs, evidence: 15 - 2 * at, numbers: 900_000 / (at + 1), ...looks[at] }),
    ),
  );
  return rings;
}

/** What makes each ring worth having in a test: a script in its words, another country, nothing to be done about it. */
const looks = [
  {},
  { words: ['<img src=x onerror=alert(1)> held many numbers', 'اسم من اليمين'], countries: ['IL', 'MY'] },
  { countries: ['MY'], holds: ['cap' as const] },
  {},
];

function phoneOf(place: number): string {
  return `+1415555${String(1000 + place)}`;
}
