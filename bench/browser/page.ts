import type { Browser, CDPSession, Page } from 'playwright-core'
import { askedFor, awaitKey, drawn, focusAndPress, focusOn, rowsShown, toEndOf } from './in-page.ts'

export type Desk = { page: Page; devtools: CDPSession; close(): Promise<void> }

const administrator = { email: 'admin@bench.test', password: 'a long enough password' }
export const list = '.rp-queue-scroll'

/** A page of its own with the administrator signed in and the queue on screen. */
export const openDesk = async (
  browser: Browser,
  url: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<Desk> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await prepare?.(page)
  const devtools = await context.newCDPSession(page)
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(administrator.email)
  await page.getByLabel('Password', { exact: true }).fill(administrator.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('.rp-row').first().waitFor()
  return { page, devtools, close: () => context.close().catch(() => {}) }
}

/** Reads on until the list has so many rows, or has no more. @returns the numbers of the cases in it */
export const loadRows = async (page: Page, count: number): Promise<number[]> => {
  const rows = page.locator('.rp-row')
  await rows.first().waitFor()
  for (let there = await rows.count(); there < count; there = await rows.count()) {
    await page.evaluate(toEndOf, list)
    const more = rows.nth(there).waitFor({ state: 'attached', timeout: 10_000 })
    if (
      !(await more.then(
        () => true,
        () => false,
      ))
    )
      break
  }
  return page.evaluate(rowsShown)
}

export const shownCase = (id: number): string => `.rp-case[aria-label="Case ${id}"] .rp-message`

const longestMs = 20_000

/**
 * Has a key pressed and waits until something is drawn.
 * @returns how long that took and when it was pressed, in ms of the page's clock
 */
export const untilDrawn = async (page: Page, shown: string, press: () => Promise<void>) => {
  await page.evaluate(awaitKey, shown)
  await press()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`Not drawn: ${shown}`)), longestMs)
  try {
    return await Promise.race([page.evaluate(drawn), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const rowOf = (id: number) => `[data-row="${id}"]`

/** Opens a row that is read ahead, by the key. */
export const openRow = async (page: Page, id: number): Promise<number> => {
  await page.evaluate(focusOn, rowOf(id))
  return (await untilDrawn(page, shownCase(id), () => page.keyboard.press('o'))).ms
}

/** Opens a row that nothing was read of. Null where it had been read ahead all the same. */
export const openRowCold = async (page: Page, id: number): Promise<number | null> => {
  const press = () => page.evaluate(focusAndPress, { on: rowOf(id), key: 'o' })
  const { ms, pressedAt } = await untilDrawn(page, shownCase(id), press)
  const asked = await page.evaluate(askedFor, `/api/cases/${id}`)
  return asked.some(at => at < pressedAt) ? null : ms
}
