import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWebApp, webAppDir } from './start-member-app.ts';

const firstViewBytesMax = 200_000;

describe('the built web app', () => {
  let page = '';
  beforeAll(async () => {
    await buildWebApp();
    page = await readFile(join(webAppDir, 'index.html'), 'utf8');
  });

  it('needs under 200 kB of compressed script for its first view', async () => {
    const scripts = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path]) => path!);
    expect(scripts.length).toBeGreaterThan(1);
    const contents = await Promise.all(scripts.map((path) => readFile(join(webAppDir, path))));
    const bytes = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
    expect(bytes).toBeLessThan(firstViewBytesMax);
  });

  it('has no inline script or style, which a strict content policy would refuse', () => {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
});
