import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Before anything else is loaded: a start with data takes 1.7 s instead of 2.2 (on a busy machine), and 10 MB less.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/rapport', import.meta.url)))
const { configOfProcess } = await import('./platform/config.ts')
const { giveUp, runProgram } = await import('./running.ts')

const begin = async (): Promise<void> => {
  const config = configOfProcess()
  await runProgram(config, async ({ address }) => {
    process.stdout.write(address ? `Rapport is ready: ${config.baseUrl}\n` : 'Rapport is ready: background jobs only\n')
  })
}

begin().catch(giveUp)
