import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from './chromium.ts'

/**
 * The browser unpacks itself when it is first opened. Opened once before all journeys, two of them never find it half
 * written; one that an interrupted run left half written is unpacked anew.
 */
export const setup = async (): Promise<void> => {
  const open = async () => (await openBrowser()).close()
  await open().catch(async () => {
    await rm(join(tmpdir(), 'chromium'), { force: true })
    await open()
  })
}
