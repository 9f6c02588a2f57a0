import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSample, sampleSignIns } from '../db/seed/sample.ts'
import { configOfProcess } from './platform/config.ts'
import { giveUp, runProgram } from './running.ts'

/** The sample organisation in a folder that is thrown away at the end. */
const demo = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-demo-'))
  const config = { ...configOfProcess(), dataDir, databaseUrl: null, first: null, mailAddress: 'help@harbour.example' }
  await runProgram(
    config,
    async ({ kernel }) => {
      await loadSample(kernel, config)
      const lines = sampleSignIns.map(one => `  ${one.role.padEnd(18)} ${one.email.padEnd(34)} ${one.password}`)
      process.stdout.write(
        `\nRapport is ready: ${config.baseUrl}\n\nSign in as\n${lines.join('\n')}\n\nStop with Ctrl-C; everything is thrown away then.\n`,
      )
    },
    () => rmSync(dataDir, { recursive: true, force: true }),
  )
}

demo().catch(giveUp)
