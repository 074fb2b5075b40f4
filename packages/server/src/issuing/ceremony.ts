import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '@kith/protocol';
import {
  type Announcement,
  type Answer,
  announce,
  answer,
  type CeremonyPlan,
  type CeremonyState,
  deal,
  decodeAnnouncement,
  decodeAnswer,
  decodeDealing,
  decodeState,
  decodeVerdict,
  encodeAnnouncement,
  encodeAnswer,
  encodeDealing,
  encodeIssuerSet,
  encodeState,
  encodeVerdict,
  finish,
  judge,
  loadFastPairing,
  type Pairing,
} from '@kith/protocol/crypto';
import { writeShare } from './share-file.ts';

/** Where a ceremony happens: a folder that all issuers can see, and a file that only this one can. */
export interface CeremonyPlace {
  /** Public messages; carried between the issuers by whatever means, copied or shared. */
  folder: string;
  /** This issuer’s secrets until the end; worthless to it, and dangerous, once everyone has finished. */
  stateFile: string;
  /** This issuer's secret share, at the end. */
  shareFile: string;
  index: number;
}

/** How far this issuer has come: which messages it has left in the folder, and whose it waits for. */
export interface CeremonyProgress {
  done: boolean;
  round: RoundName | 'finished';
  /** Indices whose message of the round before is missing. */
  waitingFor: number[];
  /** At the end: 64 hex digits that must be equal for all issuers, compared by word of mouth. */
  transcript?: string;
}

const rounds = ['announce', 'deal', 'judge', 'answer'] as const;
type RoundName = (typeof rounds)[number];

interface PlanFile {
  ceremony: string;
  threshold: number;
  issuers: number;
}

/** Writes down what all issuers agree on. */
export async function planCeremony(
  folder: string,
  threshold: number,
  issuers: number,
): Promise<CeremonyPlan> {
  if (!(threshold >= 1 && threshold <= issuers && issuers <= 255)) {
    throw new Problem(
      'ceremony_invalid',
      'The threshold is 1 to the number of issuers, of whom there are at most 255',
    );
  }
  await mkdir(folder, { recursive: true });
  const plan: PlanFile = { ceremony: randomBytes(16).toString('hex'), threshold, issuers };
  await writeFile(join(folder, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`, { flag: 'wx' }).catch(
    () => {
      throw new Problem('ceremony_invalid', `${folder} already holds a plan`);
    },
  );
  return readPlan(folder);
}

async function readPlan(folder: string): Promise<CeremonyPlan> {
  const text = await readFile(join(folder, 'plan.json'), 'utf8').catch(() => {
    throw new Problem('ceremony_invalid', `${folder} holds no plan.json`);
  });
  const { ceremony, threshold, issuers } = JSON.parse(text) as PlanFile;
  return { ceremony: Buffer.from(ceremony, 'hex'), threshold, issuers };
}

/**
 * Takes this issuer as far as the messages in the folder allow: run it again whenever others have added theirs. Each
 * message is written once and never changed, so running it twice does no harm.
 *
 * @throws CryptoError `ceremony_cheat`, `ceremony_message_invalid`, naming issuers
 */
export async function advanceCeremony(place: CeremonyPlace): Promise<CeremonyProgress> {
  const plan = await readPlan(place.folder);
  const pairing = await loadFastPairing();
  const state = await beginOrResume(pairing, plan, place);
  const announcements = await readRound(place, plan, 'announce', decodeAnnouncement);
  if (announcements.missing.length > 0) return waiting('announce', announcements.missing);
  await writeOnce(place, 'deal', () =>
    encodeDealing(deal(pairing, state, announcements.messages, randomBytes)),
  );
  const dealings = await readRound(place, plan, 'deal', decodeDealing);
  if (dealings.missing.length > 0) return waiting('deal', dealings.missing);
  await writeOnce(place, 'judge', () =>
    encodeVerdict(judge(pairing, state, announcements.messages, dealings.messages)),
  );
  const verdicts = await readRound(place, plan, 'judge', decodeVerdict);
  if (verdicts.missing.length > 0) return waiting('judge', verdicts.missing);
  const accused = new Set(verdicts.messages.flatMap((verdict) => verdict.accused));
  const own: Answer | null = answer(state, verdicts.messages);
  if (own) await writeOnce(place, 'answer', () => encodeAnswer(own));
  const answers = await readRound(place, plan, 'answer', decodeAnswer);
  const silent = answers.missing.filter((index) => accused.has(index));
  if (silent.length > 0) return waiting('answer', silent);
  const result = finish(
    pairing,
    state,
    announcements.messages,
    dealings.messages,
    verdicts.messages,
    answers.messages,
  );
  const issuers = Buffer.from(encodeIssuerSet(result.issuers).serialize()).toString('base64url');
  await writeFile(join(place.folder, 'issuers.txt'), `${issuers}\n`);
  await writeShare(place.shareFile, result.share);
  return {
    done: true,
    round: 'finished',
    waitingFor: [],
    transcript: Buffer.from(result.transcript).toString('hex'),
  };
}

const waiting = (round: RoundName, waitingFor: number[]): CeremonyProgress => ({
  done: false,
  round,
  waitingFor,
});

async function beginOrResume(
  pairing: Pairing,
  plan: CeremonyPlan,
  place: CeremonyPlace,
): Promise<CeremonyState> {
  const kept = await readFile(place.stateFile).catch(() => undefined);
  if (kept) return decodeState(kept);
  const { state, announcement } = announce(pairing, plan, place.index, randomBytes);
  // The secrets first: an announcement whose secrets are lost would block everyone.
  await writeFile(place.stateFile, encodeState(state), { mode: 0o600, flag: 'wx' });
  await writeOnce(place, 'announce', () => encodeAnnouncement(announcement as Announcement));
  return state;
}

function messageFile(place: Pick<CeremonyPlace, 'folder'>, round: RoundName, index: number): string {
  return join(place.folder, `${rounds.indexOf(round) + 1}-${round}-${index}.bin`);
}

async function writeOnce(place: CeremonyPlace, round: RoundName, make: () => Uint8Array): Promise<void> {
  const file = messageFile(place, round, place.index);
  const there = await readFile(file).catch(() => undefined);
  if (!there) await writeFile(file, make(), { flag: 'wx' });
}

async function readRound<Message>(
  place: CeremonyPlace,
  plan: CeremonyPlan,
  round: RoundName,
  decode: (bytes: Uint8Array) => Message,
): Promise<{ messages: Message[]; missing: number[] }> {
  const messages: Message[] = [];
  const missing: number[] = [];
  for (let index = 1; index <= plan.issuers; index += 1) {
    const bytes = await readFile(messageFile(place, round, index)).catch(() => undefined);
    if (bytes) messages.push(decode(bytes));
    else missing.push(index);
  }
  return { messages, missing };
}
