import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Device, follow, openPage, signIn, startJourney } from './browser.ts'
import { addresses, idsIn } from './screens.ts'

/** Some sixty screens, each looked at twice: on a busy machine that is more than one journey may take. */
export const longMs = 300_000

export const nameOf = (at: string) => at.replace(/[/?=]/g, '_')

/** Every screen of the sample organisation, to be walked through by its administrator. */
export const startWalk = async () => {
  const { app, browser } = await startJourney({ jobs: false, sample: true })
  const walk = addresses(await idsIn(app))

  /** Opens every address; `look` answers with what is wrong there. */
  return async (device: Device, look: (page: Page, at: string) => Promise<string[]>) => {
    const page = await openPage(browser, device)
    const wrong: string[] = []
    let at = '/sign-in'
    page.on('console', message => {
      // A record that is not there is an answer, which the browser notes as an error all the same.
      const expected = message.text().includes('404') && at.includes('999999')
      if (message.type() === 'error' && !expected) wrong.push(`${at}: ${message.text()}`)
    })
    await signIn(page, app, 'administrator')
    for (at of walk) {
      await follow(page, at)
      const headings = await page.locator('h1').count()
      if (headings !== 1) wrong.push(`${at}: ${headings} headings of the first rank`)
      for (const one of await look(page, at)) wrong.push(`${at}: ${one}`)
    }
    await page.context().close()
    expect(wrong).toEqual([])
  }
}
