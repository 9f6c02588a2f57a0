import { configOfProcess } from './platform/config.ts'
import { giveUp, runProgram } from './running.ts'

const begin = async (): Promise<void> => {
  const config = configOfProcess()
  await runProgram(config, async ({ address }) => {
    process.stdout.write(address ? `Rapport is ready: ${config.baseUrl}\n` : 'Rapport is ready: background jobs only\n')
  })
}

begin().catch(giveUp)
