import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbers, startTestHall, type TestHall } from '../testing.ts';

interface Family {
  name: string;
  help: string;
  type: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

/** The text format of Prometheus, as strictly as a scraper reads it. */
function parse(text: string): Family[] {
  const families: Family[] = [];
  for (const line of text.split('\n').filter(Boolean)) {
    const [, kind, name, rest] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'HELP') families.push({ name: name!, help: rest!, type: '', samples: [] });
    else if (kind === 'TYPE') families.at(-1)!.type = rest!;
    else {
      const [, sample, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)!;
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!]);
      families
        .at(-1)!
        .samples.push({ name: sample!, labels: Object.fromEntries(pairs), value: Number(value) });
    }
  }
  return families;
}

let hall: TestHall;
let families: Family[];
const secretId = 'somebody-nobody-should-see-in-metrics';

beforeAll(async () => {
  hall = await startTestHall();
  await hall.member(secretId);
  await hall.as(secretId)('PUT', '/v1/me/contacts', { numbers: [...numbers(0, 3), 'pizza'] });
  await hall.as(secretId)('PUT', '/v1/me/contacts', { numbers: numbers(0, 4) });
  await hall.host('GET', `/v1/members/${secretId}`);
  await hall.host('GET', `/nowhere/${secretId}`);
  await fetch(`${hall.origin}/v1/me`);
  const response = await fetch(`${hall.origin}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  families = parse(await response.text());
});
afterAll(() => hall.stop());

const family = (name: string) => families.find((one) => one.name === name)!;

describe('metrics', () => {
  it('are named by convention: base units, counters end in _total, all have a help text', () => {
    expect(families.length).toBeGreaterThan(10);
    for (const { name, help, type } of families) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(help.length).toBeGreaterThan(8);
      expect(['counter', 'gauge', 'histogram', 'summary']).toContain(type);
      if (type === 'counter') expect(name).toMatch(/_total$/);
      // Those of the runtime are named by the library.
      else if (!name.startsWith('nodejs_')) expect(name).not.toMatch(/_total$/);
      expect(name).not.toMatch(/_(milliseconds|ms|minutes|hours|kilobytes|mb|percent)(_|$)/);
    }
    const ours = families.filter(({ name }) => name.startsWith('kith_'));
    expect(ours.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['kith_sync_numbers_total', 'kith_worker_items_total']),
    );
  });

  it('carry no id, number, address or path in a label', () => {
    for (const { name, samples } of families) {
      for (const { labels } of samples) {
        for (const [label, value] of Object.entries(labels)) {
          expect(label).toMatch(/^[a-z_]+$/);
          expect(value).not.toContain(secretId);
          if (!name.startsWith('nodejs_'))
            expect(value.replace(/^\d{3}$|^[\d.]+$|\+Inf/, '')).not.toMatch(/\d{4,}/);
        }
      }
    }
  });

  it('count and time requests by the pattern of their call', () => {
    const { samples, type } = family('http_request_duration_seconds');
    expect(type).toBe('histogram');
    const count = (labels: object) =>
      samples.find(
        (sample) =>
          sample.name.endsWith('_count') &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      )?.value;
    expect(count({ method: 'PUT', route: '/v1/me/contacts', status: '200' })).toBe(2);
    expect(count({ method: 'GET', route: '/v1/members/:id', status: '200' })).toBe(1);
    expect(count({ method: 'GET', route: '/v1/me', status: '401' })).toBe(1);
    expect(count({ method: 'GET', route: 'unknown', status: '404' })).toBe(1);
  });

  it('count what syncs brought', () => {
    const counts = Object.fromEntries(
      family('kith_sync_numbers_total').samples.map(({ labels, value }) => [labels.outcome, value]),
    );
    expect(counts).toEqual({ accepted: 7, rejected: 1, new: 4 });
  });
});
