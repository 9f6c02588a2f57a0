import { defineConfig } from 'vitest/config'

/** Journeys: a real browser on the whole program, one after the other so that two cores are enough. */
export default defineConfig({
  test: {
    include: ['journeys/**/*.test.ts'],
    globalSetup: ['test/server.ts'],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    reporters: ['default'],
  },
})
