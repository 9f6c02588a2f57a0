import type { Browser, Page } from 'playwright-core'
import { type Figures, figuresOf } from '../measure.ts'
import { askedFor, keepAllEntries } from './in-page.ts'
import { loadRows, openDesk, openRow, openRowCold } from './page.ts'

const openings = 50
/** The case after the open one is read ahead after 0.4 s; one that is left out stays cold. */
const coldStep = 3

const pause = (ms: number) => new Promise(done => setTimeout(done, ms))

const openedCold = async (page: Page, rows: number[]): Promise<number[]> => {
  const times: number[] = []
  for (let at = 1; at < rows.length && times.length < openings; at += coldStep) {
    const ms = await openRowCold(page, rows[at] as number)
    if (ms !== null) times.push(ms)
    await pause(250)
  }
  return times
}

const openedAhead = async (page: Page, rows: number[]): Promise<number[]> => {
  const times: number[] = []
  for (const id of rows.slice(0, openings + 1)) {
    const until = performance.now() + 5000
    while (performance.now() < until && (await page.evaluate(askedFor, `/api/cases/${id}`)).length === 0)
      await pause(50)
    // The three answers are there, and what the last opening left to do is done.
    await pause(300)
    times.push(await openRow(page, id))
  }
  // The first stands beside no open case, so that nobody read it ahead.
  return times.slice(1)
}

export type Openings = { cold: Figures; ahead: Figures }

/** From the press of the key that opens a case until its first message is drawn: read ahead as the next one, and not. */
export const measureOpenings = async (browser: Browser, url: string): Promise<Openings> => {
  const { page, close } = await openDesk(browser, url)
  try {
    await page.goto(`${url}/queue/open`)
    await page.evaluate(keepAllEntries)
    const rows = await loadRows(page, (coldStep + 1) * openings + 20)
    const half = coldStep * openings + 10
    // The code of a case and of the editor comes with the first one.
    await openRow(page, rows.at(-1) as number)
    await page.locator('.rp-composer [contenteditable]').first().waitFor()
    const cold = await openedCold(page, rows.slice(0, half))
    const ahead = await openedAhead(page, rows.slice(half, -2))
    const of = (times: number[]) => figuresOf(1, times, times.reduce((sum, ms) => sum + ms, 0) / 1000)
    return { cold: of(cold), ahead: of(ahead) }
  } finally {
    await close()
  }
}
