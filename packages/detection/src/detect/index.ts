export { detect } from './detect.ts';
export { detectHistory, knownRing } from './history.ts';
export type { KnownRing } from './identity.ts';
export { type DetectOptions, defaultGuardrails, type Guardrails } from './options.ts';
export type {
  Detection,
  Hold,
  LoneAccount,
  Origin,
  Reason,
  Ring,
  RingDay,
  RingGraph,
  RingLink,
  RingMember,
} from './ring.ts';
export type { DetectStore } from './run.ts';
export { scoreMembers } from './score.ts';
export { dropLeftOvers } from './tables.ts';
export { type Likeness, type RingProfile, type WhoElse, whoElse } from './who-else.ts';
