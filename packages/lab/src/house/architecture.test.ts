import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const map = readFileSync(new URL('docs/architecture.md', root), 'utf8');
const named = [...map.matchAll(/`((?:packages|bin|scripts|docs)(?:\/[\w.-]+)*)`/g)].map(
  (match) => match[1] as string,
);

const foldersIn = (path: string): string[] =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => `${path}/${entry.name}`);

describe('the map of the house', () => {
  it('names only what exists', () => {
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([]);
  });

  it('names every package, and every concept of the hall', () => {
    const there = [...foldersIn('packages'), ...foldersIn('packages/server/src')];
    expect(there.filter((path) => !named.includes(path))).toEqual([]);
  });

  it('fits one page', () => {
    expect(map.split('\n').length).toBeLessThanOrEqual(90);
  });
});
