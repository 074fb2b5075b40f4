export {
  type EventColumn,
  eventColumns,
  eventLines,
  isSyncSql,
  type NumberSketch,
  type SyncEvent,
} from './event.ts';
export { sketchNumbers } from './sketch.ts';
export { type EventStore, type EventStoreOptions, openEventStore } from './store.ts';
