import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/slowest-first.ts'
import { onUnhandledError } from './test/unhandled.ts'

/** Journeys: a real browser on the whole program. Two at a time: each mostly waits, and alone they take 151 to 215 s, so 118 s. */
export default defineConfig({
  test: {
    include: ['journeys/**/*.test.ts'],
    globalSetup: ['test/server.ts', 'journeys/browser-ready.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    sequence: { sequencer: SlowestFirst },
    pool: 'forks',
    isolate: false,
    onUnhandledError,
    reporters: ['default'],
  },
})
