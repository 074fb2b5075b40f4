import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ring } from '../detect/index.ts';
import { checkFolder, ringsDocument, writeOutputs } from './outputs.ts';
import { type Investigation, reportHtml } from './report/report.ts';

const evil = '<script>alert(1)</script>"\'&\u202e\u0007';
const day = Date.UTC(2026, 9, 1);

const ring: Ring = {
  id: 'ring-1',
  members: [
    { member: `=cmd|' /C calc'!A0,${evil}`, evidence: 12, own: 5, flagged: true, isProtected: false },
  ],
  accounts: 1,
  evidence: 12,
  reasons: [
    {
      signal: 'shared-client',
      title: 'Shared client',
      words: `use ${evil}`,
      weight: 3,
      share: 1,
      hardToEvade: true,
    },
  ],
  links: [{ signal: 'shared-client', block: 1, accounts: 1, members: 1, weight: 3, label: evil }],
  graph: { members: [evil], links: [0], edges: [[0, 0]] },
  since: day,
  until: day,
  origins: [{ country: 'IL', asn: 1, operator: evil, network: 'hosting', accounts: 1, syncs: 1, numbers: 9 }],
  prefixes: 1,
  devices: 0,
  clients: [{ client: 'x'.repeat(10_000), accounts: 1 }],
  tried: { numbers: 9, rejected: 0, canaries: 0, countries: [{ country: evil, numbers: 9 }] },
  got: { met: 0, reveals: 2 },
  timeline: [{ day, accounts: 1, syncs: 1, numbers: 9, reveals: 2 }],
  holds: [],
  actionable: true,
};

const investigation: Investigation = {
  madeAt: day,
  files: [{ file: evil, format: 'csv', columns: { member: evil }, guessed: {}, remarks: [evil] }],
  imported: {
    rows: 1,
    broken: 1,
    robots: 0,
    reasons: [{ why: 'no time', count: 1 }],
    examples: [{ file: evil, line: 2, why: 'no time', text: evil }],
  },
  detection: {
    seed: 1,
    from: day,
    to: null,
    events: 1,
    members: 1,
    judged: 1,
    bar: 5,
    rings: [ring],
    lone: [{ ...ring.members[0]!, member: evil, reasons: ring.reasons, holds: [], actionable: true }],
    signals: [],
    silent: [{ id: 'canaries', title: 'Canaries', needs: ['canaries'] }],
    tookMs: 1,
  },
  whoElse: [
    {
      ring: 'ring-1',
      from: 0,
      to: null,
      searched: { members: 1, events: 1 },
      matches: [],
      nearMisses: [{ member: evil, evidence: 1, own: 0, traits: [] }],
    },
  ],
  sources: [evil],
};

describe('the report', () => {
  const html = reportHtml(investigation);

  it('shows what strangers chose as text, also what turns letters around', () => {
    for (const raw of ['<script', '\u202e', '\u0007']) expect(html).not.toContain(raw);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('\\u202e');
  });

  it('asks nobody for anything, and may not', () => {
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/(src|href)=["']?(?!#)|url\(|@import/);
  });

  it('keeps its style as it was written', () => {
    expect(html.match(/<style>([^<]*)<\/style>/)?.[1]).not.toContain('&quot;');
  });

  it('marks a country that is too small to be seen', () => {
    expect(html).toContain('class="halo"');
  });

  it('records that nobody else was found, and who came near', () => {
    expect(html).toContain('Searched, nobody.');
    expect(html).toContain('Near misses');
    expect(ringsDocument(investigation).whoElse[0]).toMatchObject({ nobody: true });
  });
});

describe('the outputs', () => {
  it('are three files, and no account is a formula', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-outputs-'));
    try {
      await writeOutputs(join(folder, 'a/b'), investigation);
      const csv = await readFile(join(folder, 'a/b/accounts.csv'), 'utf8');
      expect(csv.split('\n')[1]).toMatch(/^ring-1,"'=cmd\|/);
      expect(JSON.parse(await readFile(join(folder, 'a/b/rings.json'), 'utf8'))).toMatchObject({
        version: 1,
        rows: 1,
      });
      await writeFile(join(folder, 'file'), '');
      await expect(checkFolder(join(folder, 'file/x'))).rejects.toMatchObject({ code: 'output_unwritable' });
      await expect(checkFolder(join(folder, 'new/deep'))).resolves.toBeUndefined();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
