import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));

/** Runs the workshop's command as `bin/kith.mjs` does. */
function kith(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, VITEST: undefined };
    execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('kith lab', () => {
  it('lists what can be run', async () => {
    const { stdout } = await kith('lab', 'list', '--json');
    const names = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['twitter-2019', 'bisection', 'recycled-number']));
  });

  it('runs the attack of 2019: one JSON document on stdout, nothing else, and the chart where asked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kith-chart-'));
    const chart = join(folder, 'chart.svg');
    const small = ['--accounts', '3', '--days', '2', '--population', '400', '--honest', '5', '--seed', '9'];
    const { code, stdout, stderr } = await kith(
      'lab',
      'run',
      'twitter-2019',
      '--json',
      '--chart',
      chart,
      ...small,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ scenario: 'twitter-2019', seed: 9, accounts: 3, days: 2 });
    expect(await readFile(chart, 'utf8')).toContain('</svg>');
    await rm(folder, { recursive: true });
  });

  it('says in one line what is wrong with a command', async () => {
    for (const args of [
      ['run', 'nonsense'],
      ['run', 'twitter-2019', '--days', 'x'],
      ['run', 'twitter-2019', '--days', '0'],
    ]) {
      const { code, stderr } = await kith('lab', ...args);
      expect(code).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });
});

describe('kith bench', () => {
  it('names the benchmarks that there are when one is unknown', async () => {
    const { code, stderr } = await kith('bench', 'nonsense');
    expect(code).toBe(2);
    expect(stderr).toContain('sync-plain-repeat-1000');
  });
});
