import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWebApp, webAppDir } from '../member-app/start-member-app.ts';

const firstViewBytesMax = 200_000;

/** All scripts that a page names, and all that those import without being asked, and the overview with what it needs. */
async function firstView(): Promise<Map<string, string>> {
  const page = await readFile(join(webAppDir, 'analyst.html'), 'utf8');
  const found = new Map<string, string>();
  const take = async (path: string) => {
    if (found.has(path)) return;
    const content = await readFile(join(webAppDir, path), 'utf8');
    found.set(path, content);
    const imports = content.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
    for (const [, name] of imports) await take(`assets/${name}`);
    // The overview is what the study opens with; its map comes later, but is seen at once.
    const later = content.matchAll(/["'`]\.\/((?:overview-page|world-map)-[^"'`]+\.js)["'`]/g);
    for (const [, name] of later) await take(`assets/${name}`);
  };
  for (const [, path] of page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)) await take(path!);
  return found;
}

describe('the built study', () => {
  let scripts: Map<string, string>;
  beforeAll(async () => {
    await buildWebApp();
    scripts = await firstView();
  });

  it('needs under 200 kB of compressed script for its overview, the map included', () => {
    const names = [...scripts.keys()].join(' ');
    expect(names).toMatch(/overview-page.*world-map|world-map.*overview-page/);
    const bytes = [...scripts.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
    expect(bytes).toBeLessThan(firstViewBytesMax);
  });

  it('leaves drawing, tables of thousands and the arithmetic of proofs for when they are asked for', () => {
    const all = [...scripts.keys()].join(' ');
    expect(all).not.toMatch(/sigma|graphology|ring-page|case-page|check-proof/);
    // What the member's app needs and the study does not.
    expect([...scripts.values()].join('')).not.toMatch(/hash_to_curve|HashToGroup-/);
  });
});
