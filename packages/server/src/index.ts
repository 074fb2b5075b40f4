export { defaultPolicy, type Limit, type Policy } from './budgets/policy.ts';
export { type Hall, type HallOptions, startHall } from './hall.ts';
export { Database, type Queryable } from './postgres/database.ts';
export {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './postgres/embedded/index.ts';
