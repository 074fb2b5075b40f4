import { describe, expect, it } from 'vitest';
import { completeLock, isInstallOf, missingOptional } from './lock-file.mjs';

const lock = () => ({
  packages: {
    '': { name: 'kith' },
    'node_modules/biome': {
      version: '2.6.8',
      dev: true,
      optionalDependencies: { '@biome/cli-linux-x64-musl': '2.6.8', '@biome/cli-win32-arm64': '2.6.8' },
    },
    'node_modules/@biome/cli-win32-arm64': { version: '2.6.8', optional: true },
  },
});

describe('completeLock', () => {
  it('adds the optional packages without an entry, for the systems in their names, and changes nothing else', () => {
    const completed = lock();
    expect(completeLock(completed)).toEqual(['@biome/cli-linux-x64-musl@2.6.8']);
    const { 'node_modules/@biome/cli-linux-x64-musl': added, ...others } = completed.packages;
    expect(added).toEqual({
      version: '2.6.8',
      dev: true,
      optional: true,
      cpu: ['x64'],
      libc: ['musl'],
      os: ['linux'],
    });
    expect(others).toEqual(lock().packages);
    expect(missingOptional(completed)).toEqual([]);
  });

  it('finds an entry that stands in the folder of the package itself', () => {
    const nested = lock();
    nested.packages['node_modules/biome/node_modules/@biome/cli-linux-x64-musl'] = { version: '2.6.8' };
    expect(missingOptional(nested)).toEqual([]);
  });
});

describe('isInstallOf', () => {
  const here = { os: [process.platform] };
  const wanted = {
    packages: {
      '': {},
      'node_modules/pg': { version: '1.0.0', integrity: 'a' },
      'node_modules/vitest': { version: '5.0.0', integrity: 'b', dev: true },
      'node_modules/native': { version: '1.0.0', optional: true, ...here },
    },
  };
  const installed = (...names) => ({
    packages: Object.fromEntries(
      names.map((name) => [`node_modules/${name}`, wanted.packages[`node_modules/${name}`]]),
    ),
  });

  it('is content with all of it, and with development or optional packages left out', () => {
    expect(isInstallOf(installed('pg', 'vitest', 'native'), wanted)).toBe(true);
    expect(isInstallOf(installed('pg'), wanted)).toBe(true);
  });

  it('is not content with a package missing, of another version, or of another system', () => {
    expect(isInstallOf(installed('vitest', 'native'), wanted)).toBe(false);
    const older = { packages: { ...installed('pg').packages, 'node_modules/vitest': { version: '4.0.0' } } };
    expect(isInstallOf(older, wanted)).toBe(false);
    const foreign = { version: '1.0.0', optional: true, os: ['plan9'] };
    const elsewhere = { packages: { ...wanted.packages, 'node_modules/native': foreign } };
    expect(isInstallOf(elsewhere, { packages: { ...wanted.packages, 'node_modules/native': foreign } })).toBe(
      false,
    );
  });
});
