import { defineConfig } from 'vitest/config'

/** Pictures of every screen for the documents; not a test. */
export default defineConfig({
  test: {
    include: ['journeys/sheets.ts'],
    globalSetup: ['test/server.ts'],
    maxWorkers: 1,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    pool: 'forks',
    reporters: ['default'],
  },
})
