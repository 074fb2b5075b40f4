import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The rooms whose tests need PostgreSQL share one throwaway cluster for the run. */
const roomsOnPostgres = ['server', 'lab'];
const testCluster = fileURLToPath(
  new URL('packages/server/src/postgres/embedded/vitest-global-setup.ts', import.meta.url),
);

/** Services and commands that tests start find their code compiled by the one before. */
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

/**
 * Their tests change nothing that the next file could notice, so a worker keeps its modules from file to file: loading
 * them anew for each file was half of what the server's tests cost.
 */
const roomsThatShareModules = ['protocol', 'client', 'detection', 'server', 'lab'];

const rooms = ['protocol', 'client', 'detection', 'server', 'console', 'lab'].map((room) => ({
  test: {
    name: room,
    root: `packages/${room}`,
    include: ['src/**/*.test.{ts,tsx}'],
    globalSetup: roomsOnPostgres.includes(room) ? [testCluster] : [],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    isolate: !roomsThatShareModules.includes(room),
    // A real browser on a busy machine now and then loses a key press.
    retry: room === 'lab' ? 2 : 0,
  },
}));

/** What runs before anything is installed. */
const scripts = {
  test: { name: 'scripts', root: 'scripts', include: ['**/*.test.mjs'], testTimeout: 60_000 },
};

/** One project a room; whole-system tests stand in lab and boot the real thing. */
export default defineConfig({
  test: {
    projects: [...rooms, scripts],
    // Vitest leaves a core free by itself; tests that wait for PostgreSQL and Chromium leave one free anyway.
    maxWorkers: Math.max(availableParallelism(), 2),
  },
});
