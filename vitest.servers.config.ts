import { defineConfig } from 'vitest/config'

/** Against real mail servers from Debian: dovecot for IMAP, exim for bounces. Installed by apt where that may be done. */
export default defineConfig({
  test: {
    include: ['test/servers/**/*.test.ts'],
    globalSetup: ['test/servers/install.ts', 'test/server.ts'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    reporters: ['default'],
  },
})
