import { createRandom, type Random } from '../population/random.ts';

/** One sync of an address book, as a company's own service would have logged it. */
export interface LoggedSync {
  at: number;
  user: string;
  ip: string;
  agent: string;
  createdAt: number;
  /** The numbers asked about, E.164. */
  numbers: string[];
  /** How many of them belong to members, and how many of those hold the account's number too. */
  found: number;
  mutual: number;
}

export interface OldLogOptions {
  seed: number;
  honest: number;
  /** Accounts of the ring, spread over three countries; 0 for none. */
  ring: number;
  days?: number;
}

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 8, 1);
const agents = [
  'Chat/5.2 (iPhone; iOS 19.1)',
  'Chat/5.2 (Android 16; Pixel 9)',
  'Chat/5.1 (Android 15; SM-S921B)',
  'Chat/5.0 (iPhone; iOS 18.6)',
  'Chat/4.9 (Android 14; moto g)',
];
/** Home networks of several operators, a carrier that puts hundreds behind one address block, and a campus. */
const homes = ['73.', '24.', '86.1', '79.2'];
const carrier = '172.58.27';
const campus = '18.9.22';
/** Where the fleet of 2019 came from: networks of Iran, Israel and Malaysia. */
const fleets = ['5.160.139', '82.80.249', '175.139.142'];

/** Writes the history of a town: honest people, some behind one carrier and some on one campus, and a ring if wanted. */
export function* oldLog({ seed, honest, ring, days = 30 }: OldLogOptions): Generator<LoggedSync> {
  const random = createRandom(seed);
  for (let i = 0; i < honest; i++) yield* honestSyncs(i, honest, days, random);
  for (let i = 0; i < ring; i++) yield* ringSyncs(i, ring, days, random);
}

export const isOfRing = (user: string): boolean => user.startsWith('x');

/** People know those of their town and a few from anywhere; the first book comes at once, friends follow one by one. */
function* honestSyncs(i: number, honest: number, days: number, random: Random): Generator<LoggedSync> {
  const createdAt = startMs - random.below(900) * dayMs - random.below(dayMs);
  const firstAt = startMs + random.below(Math.floor(days * 0.8)) * dayMs + random.below(dayMs);
  const ip = honestAddress(i, random);
  const agent = agents[random.below(agents.length)] as string;
  const town = Math.floor(i / 60);
  const size = Math.round(15 * Math.exp(2.2 * random.float()));
  const book = Array.from({ length: size }, () => friendNumber(town, honest, random));
  const sync = (at: number, numbers: string[]): LoggedSync => {
    const found = Math.round(numbers.length * (0.15 + 0.35 * random.float()));
    return {
      at,
      user: `u${i}`,
      ip,
      agent,
      createdAt,
      numbers,
      found,
      mutual: Math.round(found * (0.3 + 0.6 * random.float())),
    };
  };
  yield sync(firstAt, book);
  const visits = random.below(8);
  for (let visit = 0; visit < visits; visit++) {
    const at =
      firstAt +
      dayMs +
      Math.floor(random.float() * Math.max(startMs + days * dayMs - firstAt - dayMs, dayMs));
    const fresh = Array.from({ length: random.below(3) }, () => friendNumber(town, honest, random));
    yield sync(at, [...book.slice(0, 3), ...fresh]);
  }
}

function honestAddress(i: number, random: Random): string {
  if (i % 4 === 0) return `${carrier}.${random.below(250) + 1}`;
  if (i % 4 === 1 && i % 8 === 1) return `${campus}.${random.below(250) + 1}`;
  const home = homes[random.below(homes.length)] as string;
  return home.length > 3
    ? `${home}${random.below(8) + 1}.${random.below(250)}.${random.below(250) + 1}`
    : `${home}${random.below(200) + 20}.${random.below(250)}.${random.below(250) + 1}`;
}

function friendNumber(town: number, honest: number, random: Random): string {
  if (random.float() < 0.03) return `+1${random.below(700) + 210}${2_000_000 + random.below(7_000_000)}`;
  const exchange = 200 + (town % 700);
  return `+1415${exchange}${String(random.below(Math.min(honest, 240))).padStart(4, '0')}`;
}

/** Accounts made in two days, each with its slice of a shuffled list of every number, day and night. */
function* ringSyncs(i: number, ring: number, days: number, random: Random): Generator<LoggedSync> {
  const createdAt = startMs + 4 * dayMs + random.below(2 * dayMs);
  const ip = `${fleets[i % fleets.length]}.${random.below(40) + 10}`;
  for (let day = 8; day < Math.min(days, 20); day++) {
    for (let batch = 0; batch < 6; batch++) {
      const at =
        startMs + day * dayMs + batch * 4 * 3_600_000 + (i / ring) * 3_600_000 + random.below(60_000);
      const numbers = Array.from(
        { length: 180 + random.below(40) },
        () => `+1${212 + random.below(700)}${2_000_000 + random.below(7_900_000)}`,
      );
      const found = numbers.filter(() => random.float() < 0.012).length;
      yield { at, user: `x${i}`, ip, agent: 'okhttp/3.12.1', createdAt, numbers, found, mutual: 0 };
    }
  }
}

/** A line of a service's own log of syncs. */
export function lineOf(sync: LoggedSync): string {
  const { at, user, ip, agent, createdAt, numbers, found, mutual } = sync;
  return `${JSON.stringify({
    ts: new Date(at).toISOString(),
    user_id: user,
    client_ip: ip,
    user_agent: agent,
    created_at: createdAt,
    contacts: numbers.length,
    matches: found - mutual,
    mutual,
  })}\n`;
}
