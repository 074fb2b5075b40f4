import type { MemberLine } from '@kith/protocol';
import type { Database } from '@kith/server';
import { startRecordingProxy } from '../private/recording-proxy.ts';
import { type BenchOptions, type BenchResult, median } from './cli.ts';
import { bookAround, type PrivateRig, startPrivateRig } from './private-rig.ts';
import { openPsi, type PsiPeer } from './psi-peer.ts';

const contacts = 1_000;
/** Contacts who let anyone find them. */
const hits = 100;
const membersDefault = 1_000_000;
/** The peer takes about a millisecond a member to set up: its set is this large, and its bytes are scaled. */
const peerMembers = 3_000;
/** The peer's own example: chance that any of the contacts is found by mistake. */
const peerFalsePositives = 0.001;
const roundsDefault = 3;

/**
 * `client-open-1000`: milliseconds to look up 1,000 contacts among 1,000,000 members whom anyone may find, over HTTP, all
 * of the client in one thread, 100 of the contacts being found; the ratio is the peer's time to ours, at least 10. In `detail`,
 * bytes over TCP with all headers, and their ratio to the peer's bytes with its setup, at most 1/10.
 *
 * Ours: blinding, evaluation with proof, unblinding, the hints of some 890 buckets, whole buckets for the hits, tickets
 * and reveals, against a service in a process of its own on the same cores. Of the million only those 100 are real; the
 * others are random tags and secrets, which nobody can tell from theirs, since a million evaluations would take minutes.
 * Today's buckets are built beforehand, once a day for everybody: `coldMs` is a run that has to have them built.
 *
 * The peer is @openmined/psi.js doing the same intersection, client and server in this process without HTTP: request,
 * response, matches. Its set holds 3,000 members only, which favours it (it searches its setup in each intersection).
 * Its setup is counted apart (`peerSetupMsPerMember`) but for its bytes, which are proportional to the members: exact (`Raw`),
 * as our answer is, and as its compressed set with the false positives of its own example (`Gcs`).
 */
export async function run(options: BenchOptions = {}): Promise<BenchResult> {
  const members = options.members ?? membersDefault;
  const rig = await startPrivateRig();
  try {
    const book = bookAround(1, contacts);
    await publish(rig, book.slice(0, hits));
    await fill(rig.database, members - hits);
    // Buckets are as long as the day's first request finds right: the day after has a million members.
    await rig.skipDays(1);
    const cold = await lookUp(rig, book);
    const [exact, compact] = await openPeers(book);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < (options.rounds ?? roundsDefault); round += 1) {
      ours.push(await lookUp(rig, book));
      const { ms, matches } = exact.intersect(book);
      if (matches !== hits) throw new Error(`the peer found ${matches}`);
      theirs.push(ms);
    }
    const scale = members / peerMembers;
    return {
      name: 'client-open-1000',
      value: median(ours),
      unit: 'ms',
      peer: '@openmined/psi.js, without HTTP',
      peerValue: median(theirs),
      ratio: median(ours.map((ms, round) => theirs[round]! / ms)),
      detail: {
        members,
        coldMs: cold,
        peerSetupMsPerMember: exact.setupMs / peerMembers,
        ...(await bytesBeside(rig, book, { exact, compact }, scale)),
      },
    };
  } finally {
    await rig.stop();
  }
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

async function openPeers(book: readonly string[]): Promise<[PsiPeer, PsiPeer]> {
  const members = [...book.slice(0, hits), ...bookAround(100_000, peerMembers - hits)];
  const exact = await openPsi(members, contacts, 'Raw', peerFalsePositives);
  const compact = await openPsi(members, contacts, 'GCS', peerFalsePositives);
  return [exact, compact];
}

/** What goes over the wire in one run, beside the peer's messages. */
async function bytesBeside(
  rig: PrivateRig,
  book: readonly string[],
  { exact, compact }: { exact: PsiPeer; compact: PsiPeer },
  scale: number,
) {
  const proxy = await startRecordingProxy(rig.origin);
  await lookUp(rig, book, proxy.origin);
  const [bytesUp, bytesDown] = [proxy.sent().length, proxy.answered().length];
  await proxy.stop();
  const bytesOf = (peer: PsiPeer) => Math.round(peer.setupBytes * scale + peer.intersect(book).bytes);
  const [peerBytesRaw, peerBytesGcs] = [bytesOf(exact), bytesOf(compact)];
  const bytes = bytesUp + bytesDown;
  return {
    bytesUp,
    bytesDown,
    peerBytesRaw,
    peerBytesGcs,
    bytesRatioRaw: bytes / peerBytesRaw,
    bytesRatioGcs: bytes / peerBytesGcs,
  };
}
