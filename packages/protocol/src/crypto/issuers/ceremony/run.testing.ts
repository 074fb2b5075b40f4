import type { RandomBytes } from '../../bytes.ts';
import type { Pairing } from '../../pairing/pairing.ts';
import type { Announcement, Answer, Dealing, Verdict } from './messages.ts';
import type { CeremonyPlan, CeremonyState } from './plan.ts';
import { announce, answer, type CeremonyResult, deal, finish, judge } from './rounds.ts';

/** What a cheat may change on the way, by round. */
export interface Tampering {
  announcements?: (messages: Announcement[]) => Announcement[];
  dealings?: (messages: Dealing[]) => Dealing[];
  verdicts?: (messages: Verdict[]) => Verdict[];
  answers?: (messages: Answer[]) => Answer[];
}

const asIs = <T>(messages: T[]): T[] => messages;

/** A whole ceremony with every issuer in one process: what each has at the end. */
export function runCeremony(
  pairing: Pairing,
  size: { threshold: number; issuers: number },
  random: RandomBytes,
  tampering: Tampering = {},
): CeremonyResult[] {
  const plan: CeremonyPlan = { ...size, ceremony: random(16) };
  const started = Array.from({ length: plan.issuers }, (_, i) => announce(pairing, plan, i + 1, random));
  const states: CeremonyState[] = started.map(({ state }) => state);
  const announcements = (tampering.announcements ?? asIs)(started.map(({ announcement }) => announcement));
  const dealings = (tampering.dealings ?? asIs)(
    states.map((state) => deal(pairing, state, announcements, random)),
  );
  const judged = states.map((state) => judge(pairing, state, announcements, dealings));
  const verdicts = (tampering.verdicts ?? asIs)(judged);
  const given = states.map((state) => answer(state, verdicts)).filter((each) => each !== null);
  const answers = (tampering.answers ?? asIs)(given);
  return states.map((state) => finish(pairing, state, announcements, dealings, verdicts, answers));
}
