export { extraOf } from './budgets/budgets.ts';
export { burstWaitMs } from './budgets/burst-wait.ts';
export { affordableAtMs, type BucketState, spend, unitsLeft } from './budgets/gcra.ts';
export { defaultPolicy, type Limit, type Policy, type ScopeKind, type Unit } from './budgets/policy.ts';
export { createCase } from './cases/cases.ts';
export { type Hall, type HallOptions, startHall } from './hall.ts';
export { exportIncident } from './incident/export.ts';
export { computeExposure } from './incident/exposure.ts';
export { Database, type Queryable } from './postgres/database.ts';
export {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './postgres/embedded/index.ts';
export { nextBatchAt } from './reveals/batches.ts';
export { upsertRing } from './rings/store.ts';
