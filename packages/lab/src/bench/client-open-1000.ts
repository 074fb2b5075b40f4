import type { MemberLine } from '@kith/protocol';
import type { Database } from '@kith/server';
import { startRecordingProxy } from '../private/recording-proxy.ts';
import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { bookAround, type PrivateRig, startPrivateRig } from './private-rig.ts';
import { openPsi, type PsiPeer, type PsiStructure } from './psi-peer.ts';

const contacts = 1_000;
/** Contacts who let anyone find them. */
const hits = 100;
const membersDefault = 1_000_000;
const roundsDefault = 3;

export const names = ['client-open-1000', 'client-open-1000-exact'] as const;

/**
 * `client-open-1000`: milliseconds to look up 1,000 contacts among 1,000,000 members whom anyone may find, over HTTP, all
 * of the client in one thread, 100 of the contacts being found; the ratio is the peer's time to ours, aimed at 10. In
 * `detail`, bytes over TCP with all headers, and their ratio to the peer's bytes with its setup, aimed at 1/10.
 *
 * Ours: blinding, evaluation with proof, unblinding, short hints of some 890 buckets asked for together, the rest of them where
 * they say perhaps, sealed tickets of the hits, reveals,
 * against a service in a process of its own on the same cores. Of the million only those 100 are real; the others are
 * random tags and secrets, which look the same, since a million evaluations would take minutes. Today's buckets are
 * built beforehand, once a day for everybody: `coldMs` is a run that has to have them built.
 *
 * The peer is @openmined/psi.js doing the same intersection, client and server in this process without HTTP: request,
 * response, matches against its setup message, which is counted apart (`peerSetupMsPerMember`) but for its bytes. Twice:
 * as it comes, with a compressed set that errs once in a thousand books; and `-exact`, with every element, as our answer
 * is. Its million is made up of random elements too; the compressed one holds none of the hits.
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult[]> {
  const members = options.members ?? membersDefault;
  const rig = await startPrivateRig();
  try {
    const book = bookAround(1, contacts);
    const known = book.slice(0, hits);
    await publish(rig, known);
    await fill(rig.database, members - hits);
    // Buckets are as long as the day's first request finds right: the day after has a million members.
    await rig.skipDays(1);
    const coldMs = await lookUp(rig, book);
    const bytes = await bytesOf(rig, book);
    const results: BenchResult[] = [];
    for (const structure of ['GCS', 'Raw'] as const) {
      const peer = await openPsi(structure, known, members, contacts);
      const times = await takeTurns(rig, book, peer, structure === 'Raw' ? hits : 0, options.rounds);
      results.push(resultOf(structure, times, peer, { members, coldMs, ...bytes }));
    }
    return results;
  } finally {
    await rig.stop();
  }
}

interface Times {
  ours: number[];
  theirs: number[];
  peerOnlineBytes: number;
}

async function takeTurns(
  rig: PrivateRig,
  book: readonly string[],
  peer: PsiPeer,
  expected: number,
  rounds = roundsDefault,
): Promise<Times> {
  const times: Times = { ours: [], theirs: [], peerOnlineBytes: 0 };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await lookUp(rig, book));
    const { ms, matches, bytes } = peer.intersect(book);
    if (matches !== expected) throw new Error(`the peer found ${matches}`);
    times.theirs.push(ms);
    times.peerOnlineBytes = bytes;
  }
  return times;
}

function resultOf(
  structure: PsiStructure,
  { ours, theirs, peerOnlineBytes }: Times,
  { setupBytes, setupMsPerMember }: PsiPeer,
  detail: { members: number; coldMs: number; bytesUp: number; bytesDown: number },
): BenchResult {
  const peerBytes = setupBytes + peerOnlineBytes;
  return {
    name: structure === 'GCS' ? names[0] : names[1],
    value: median(ours),
    unit: 'ms',
    peer: `@openmined/psi.js ${structure}, without HTTP`,
    peerValue: median(theirs),
    ratio: median(ours.map((ms, round) => theirs[round]! / ms)),
    detail: {
      ...detail,
      peerSetupMsPerMember: setupMsPerMember,
      peerBytes,
      bytesRatio: (detail.bytesUp + detail.bytesDown) / peerBytes,
    },
  };
}

/** Members with these numbers, entered under the day's key by the service itself. */
async function publish(rig: PrivateRig, numbers: readonly string[]): Promise<void> {
  const lines = numbers.map((phone, at): MemberLine => {
    const id = `open-${at}`;
    return { id, phone, discoverable: 'anyone', card: { name: id, handle: id } };
  });
  await rig.host.importMembers(lines);
  const isPublished = async () => {
    const [row] = await rig.database.query<{ count: number }>(
      'select count(*)::integer as count from open_entries',
    );
    return row!.count === numbers.length;
  };
  while (!(await isPublished())) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Entries of nobody: tags, secrets and handles that are as random as those of members look. */
async function fill(database: Database, count: number): Promise<void> {
  await database.query(
    `insert into open_entries (tag, key_version, bucket, secret, handle, member_id)
     select substring(h from 1 for 16), 1,
       get_byte(h, 0) * 65536 + get_byte(h, 1) * 256 + get_byte(h, 2),
       sha256(h), substring(h from 17 for 16), 'filler'
     from (select sha256(('filler ' || i)::bytea) as h from generate_series(1, $1::integer) as i) as made`,
    [count],
  );
  await database.query('analyze open_entries');
}

let runs = 0;

async function lookUp(rig: PrivateRig, book: readonly string[], origin = rig.origin): Promise<number> {
  const member = await rig.recruit(`finder-${runs++}`);
  const { ms, found } = await member.find(book, { ways: ['open'], origin });
  if (found.waiting > 0) throw new Error(`${found.waiting} contacts wait`);
  const [row] = await rig.database.query<{ count: number }>(
    'select count(*)::integer as count from reveals where viewer_id = $1',
    [member.id],
  );
  if (row!.count !== hits) throw new Error(`${row!.count} of ${hits} were found`);
  return ms;
}

/** What goes over the wire in one run, headers and all. */
async function bytesOf(rig: PrivateRig, book: readonly string[]) {
  const proxy = await startRecordingProxy(rig.origin);
  try {
    await lookUp(rig, book, proxy.origin);
    return { bytesUp: proxy.sent().length, bytesDown: proxy.answered().length };
  } finally {
    await proxy.stop();
  }
}
