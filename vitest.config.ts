import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/slowest-first.ts'
import { onUnhandledError } from './test/unhandled.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/*.test.ts'],
    globalSetup: ['test/server.ts'],
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: SlowestFirst },
    pool: 'forks',
    // What is imported stays for the next file: nothing of it may hold what belongs to one program or database.
    isolate: false,
    reporters: ['default'],
    onUnhandledError,
  },
})
