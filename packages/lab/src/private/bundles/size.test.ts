import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltFile, buildApp } from './build-app.ts';

let files: BuiltFile[];
let entry: BuiltFile;
beforeAll(async () => {
  files = await buildApp('only-kith');
  entry = files.find(({ isEntry }) => isEntry)!;
});

const gzipBytes = ({ content }: BuiltFile) => gzipSync(content).length;
const carriesWasm = ({ content }: BuiltFile) => /AGFzbQEAAA|libsodium/.test(String(content));

describe('an app that imports Kith alone', () => {
  it('grows by less than 40 kB gzip, WebAssembly apart', () => {
    expect(carriesWasm(entry)).toBe(false);
    expect(gzipBytes(entry)).toBeLessThan(40_000);
    // Measured when this was last looked at: 26.7 kB. A jump wants to be looked at.
    expect(gzipBytes(entry)).toBeLessThan(30_000);
  });

  it('loads neither phone metadata, nor schemas, nor curves, nor anything of Node with the page', () => {
    const strangers = /libphonenumber|typebox|noble\/curves|libsodium|mcl-wasm|browser-external|node:/;
    expect(entry.modules.filter((id) => strangers.test(id))).toEqual([]);
    expect(files.flatMap(({ modules }) => modules).filter((id) => /libphonenumber|typebox/.test(id))).toEqual(
      [],
    );
  });

  it('has its worker, and both backends, in files of their own', () => {
    const names = files.map(({ fileName }) => fileName).join('\n');
    for (const part of ['worker', 'fast-group', 'fast-pairing', 'pure-group', 'pure-pairing'])
      expect(names).toContain(part);
    const worker = files.find(({ fileName }) => fileName.includes('worker'))!;
    expect(carriesWasm(worker)).toBe(false);
    expect(gzipBytes(worker)).toBeLessThan(20_000);
  });
});
