import type { Ring } from '@kith/detection';
import { upsertRing } from '../rings/store.ts';
import { number, type TestHall } from '../testing.ts';

/** A ring of these accounts, as detection would store it. */
export function ringOf(hall: TestHall, id: string, accounts: readonly string[]): Ring {
  return {
    id,
    members: accounts.map((member) => ({ member, evidence: 14, own: 9, flagged: true, isProtected: false })),
    accounts: accounts.length,
    evidence: 14,
    reasons: [
      {
        signal: 'volume',
        title: 'Volume',
        words: 'asked about far more numbers than its cohort',
        weight: 5.2,
        share: 1,
        hardToEvade: true,
      },
    ],
    links: [
      {
        signal: 'shared-address',
        block: 1,
        accounts: accounts.length,
        members: accounts.length,
        weight: 4,
        label: '8.8.8.0/24',
      },
    ],
    graph: { members: [...accounts], links: [0], edges: accounts.map((_, at) => [at, 0]) },
    since: hall.clock.now - 3_600_000,
    until: hall.clock.now,
    origins: [],
    prefixes: 1,
    devices: 1,
    clients: [],
    tried: { numbers: 10, rejected: 0, canaries: 0, countries: [] },
    got: { met: 0, reveals: 0 },
    timeline: [],
    holds: [],
    actionable: true,
  };
}

export const putRing = (hall: TestHall, ring: Ring) =>
  hall.context.database.transaction((tx) => upsertRing(tx, ring, new Date(hall.clock.now)));

/** Sends numbers from an address, as an account of a ring would. */
export const syncsFrom = (hall: TestHall, id: string, phones: readonly string[], address: string) =>
  hall.as(id)('PUT', '/v1/me/contacts', { numbers: phones }, { 'x-forwarded-for': address });

/**
 * Two accounts that asked about nine numbers: three people anyone may find, one of whom has left since, one each of
 * those who are protected, a canary, one another, and one that nobody has.
 */
export async function startIncident(hall: TestHall): Promise<void> {
  const phone = (index: number) => number(index);
  await hall.member('open1', { phone: phone(1), discoverable: 'anyone' });
  await hall.member('open2', { phone: phone(2), discoverable: 'anyone' });
  await hall.member('gone', { phone: phone(3), discoverable: 'anyone' });
  await hall.member('hidden', { phone: phone(4), discoverable: 'nobody' });
  await hall.member('mutual', { phone: phone(5), discoverable: 'mutual' });
  await hall.member('bait', { phone: phone(6), discoverable: 'anyone', canary: true });
  await hall.member('fake1', { phone: phone(10), discoverable: 'anyone' });
  await hall.member('fake2', { phone: phone(11) });
  await syncsFrom(hall, 'fake1', [1, 2, 3, 4, 5, 6, 90].map(phone), '8.8.8.8');
  await syncsFrom(hall, 'fake2', [1, 5, 7, 10].map(phone), '8.8.4.4');
  await hall.work();
  hall.clock.advance(600_000);
  await hall.work();
  hall.clock.advance(3_600_000);
  await hall.member('late', { phone: phone(7), discoverable: 'mutual' });
  await hall.host('DELETE', '/v1/members/gone');
  await putRing(hall, ringOf(hall, 'ring-1', ['fake1', 'fake2']));
}
