import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  requested(request: { method: string; route: string; status: number; secs: number }): void;
  synced(numbers: { accepted: number; rejected: number; fresh: number }): void;
  worked(worker: string, outcome: 'done' | 'failed', items: number): void;
}

/** Prometheus metrics: counters end in `_total`, times are seconds, and no label holds an id or a number. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by call',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const numbers = new Counter({
    name: 'kith_sync_numbers_total',
    help: 'Numbers sent in syncs: accepted, rejected, and new among the accepted',
    labelNames: ['outcome'],
    registers,
  });
  const items = new Counter({
    name: 'kith_worker_items_total',
    help: 'What background workers did: lookups and refills and reveals by member, sealed ledger entries',
    labelNames: ['worker', 'outcome'],
    registers,
  });
  const last = new Gauge({
    name: 'kith_worker_last_success_timestamp_seconds',
    help: 'When a worker last ran without failing',
    labelNames: ['worker'],
    registers,
  });
  return {
    registry,
    requested: ({ method, route, status, secs }) => requests.observe({ method, route, status }, secs),
    synced: ({ accepted, rejected, fresh }) => {
      numbers.inc({ outcome: 'accepted' }, accepted);
      numbers.inc({ outcome: 'rejected' }, rejected);
      numbers.inc({ outcome: 'new' }, fresh);
    },
    worked: (worker, outcome, count) => {
      items.inc({ worker, outcome }, count);
      if (outcome === 'done') last.setToCurrentTime({ worker });
    },
  };
}
