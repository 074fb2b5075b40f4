import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnBareHall } from './spawned.ts';
import { createThrowawayDatabase, type ThrowawayDatabase } from './throwaway-database.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a spawned service', () => {
  let database: ThrowawayDatabase;
  beforeAll(async () => {
    database = await createThrowawayDatabase();
  });
  afterAll(() => database.drop());

  it('answers, and stops when asked', async () => {
    const hall = await spawnBareHall({ DATABASE_URL: database.url });
    expect((await fetch(`${hall.origin}/healthz`)).status).toBe(200);
    expect(await hall.stop()).toBe(0);
    expect(isAlive(hall.pid)).toBe(false);
  });

  it('does not outlive the process that spawned it, however that ended', async () => {
    const script = `
      const { spawnBareHall } = await import(${JSON.stringify(new URL('./spawned.ts', import.meta.url).href)});
      const { pid } = await spawnBareHall({});
      process.stdout.write(String(pid));
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text: Buffer) => resolve(Number(text)));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    for (let wait = 0; wait < 100 && isAlive(pid); wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(isAlive(pid)).toBe(false);
  });

  it('says why when it cannot start', async () => {
    await expect(spawnBareHall({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(
      /ended with 1 before it listened/,
    );
  });
});
