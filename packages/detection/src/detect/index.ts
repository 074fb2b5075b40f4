export { type DetectStore, detect } from './detect.ts';
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
  RingLink,
  RingMember,
} from './ring.ts';
export { dropLeftOvers } from './tables.ts';
