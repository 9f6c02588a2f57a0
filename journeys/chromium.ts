import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import packaged, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The libraries that a bare system lacks come in the same package as the browser. */
const bundledLibraries = async (): Promise<string> => {
  const folder = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))
  return join(await inflate(join(folder, '..', 'bin', 'al2023.tar.br')), 'lib')
}

/** The browser from npm, or the one that CHROMIUM names. */
export const openBrowser = async (): Promise<Browser> => {
  const executablePath = process.env.CHROMIUM ?? (await packaged.executablePath())
  try {
    return await chromium.launch({ executablePath, args: flags })
  } catch {
    const path = [await bundledLibraries(), tmpdir(), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
    return chromium.launch({ executablePath, args: flags, env: { ...process.env, LD_LIBRARY_PATH: path } })
  }
}

export type Device = { width: number; height: number; dark?: boolean }
export const desk: Device = { width: 1440, height: 900 }
export const phone: Device = { width: 390, height: 844 }

/** A page of somebody who is not signed in. Everything the page complains about fails the journey. */
export const openPage = async (browser: Browser, device: Device = desk): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: device.width, height: device.height },
    colorScheme: device.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', error => {
    throw error
  })
  return page
}
