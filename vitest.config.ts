import { defineConfig } from 'vitest/config';

/** One project a room; whole-system tests stand in lab and boot the real thing. */
export default defineConfig({
  test: {
    projects: ['protocol', 'client', 'detection', 'server', 'console', 'lab'].map((room) => ({
      test: {
        name: room,
        root: `packages/${room}`,
        include: ['src/**/*.test.{ts,tsx}'],
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
