import type { Browser } from 'playwright-core'
import { firstScripts } from '../weight.ts'
import { openDesk } from './page.ts'

/** "Slow 4G" of Chromium's own tools: 1.6 Mbit/s of which nine tenths arrive, 0.56 s there and back. */
const slow = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 }

export type FirstLoad = {
  scriptBytes: number
  /** What came over the line as script until the first rows stood there, in bytes. */
  receivedBytes: number
  firstVisitMs: number
  nextVisitMs: number
}

const receivedScripts = `performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('.js'))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)`

/** From the call of the address until the first rows are drawn, on a slow line: with nothing kept by the browser, and again. */
export const measureFirstLoad = async (browser: Browser, url: string): Promise<FirstLoad> => {
  const { page, devtools, close } = await openDesk(browser, url)
  try {
    await devtools.send('Network.enable')
    await devtools.send('Network.clearBrowserCache')
    await page.goto('about:blank')
    await devtools.send('Network.emulateNetworkConditions', slow)
    const visit = async () => {
      await page.goto(`${url}/queue`, { waitUntil: 'commit' })
      await page.locator('.rp-row').first().waitFor()
      return page.evaluate<number>('performance.now()')
    }
    const firstVisitMs = await visit()
    const receivedBytes = await page.evaluate<number>(receivedScripts)
    await page.waitForTimeout(3000)
    await page.goto('about:blank')
    const nextVisitMs = await visit()
    const scriptBytes = firstScripts().reduce((sum, { bytes }) => sum + bytes, 0)
    return { scriptBytes, receivedBytes, firstVisitMs, nextVisitMs }
  } finally {
    await close()
  }
}
