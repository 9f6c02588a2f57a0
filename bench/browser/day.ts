import type { Browser, CDPSession, Page } from 'playwright-core'
import { goTo } from './in-page.ts'
import { loadRows, openDesk, openRow } from './page.ts'

const half = { cases: 100, writings: 20, views: 10, searches: 10 }
/** Answers are kept for ten minutes after they were last shown; whoever looks later sees what really stays. */
const laterMinutes = 12

export type Held = { heapMb: number; nodes: number; listeners: number }
export type Day = {
  cases: number
  writings: number
  views: number
  searches: number
  start: Held
  middle: Held
  end: Held
}

const heldBy = async (devtools: CDPSession): Promise<Held> => {
  for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (name: string) => metrics.find(metric => metric.name === name)?.value ?? 0
  return { heapMb: of('JSHeapUsedSize') / 1_048_576, nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** Back to the first list, with everything forgotten that is only kept for a while. */
const rest = async ({ page, devtools }: { page: Page; devtools: CDPSession }): Promise<Held> => {
  await page.evaluate(goTo, '/queue/mine')
  await page.waitForTimeout(1500)
  await page.clock.fastForward(laterMinutes * 60_000)
  await page.waitForTimeout(1500)
  return heldBy(devtools)
}

const write = async (page: Page, note: boolean, n: number): Promise<void> => {
  await page.keyboard.press(note ? 'n' : 'r')
  const field = page.locator(`.rp-composer[data-mode="${note ? 'note' : 'reply'}"] [contenteditable]`).first()
  await field.click()
  await page.keyboard.type(`We look into it and write again, number ${n}.`)
  await page.getByText('Draft saved').waitFor()
}

const search = async (page: Page, word: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  const field = page.locator('input.mantine-Spotlight-search')
  await field.fill(word)
  await page.locator('.rp-result').first().waitFor()
  await page.waitForTimeout(300)
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
}

const words = ['marmalade', 'zeppelin', 'refrigerator', 'parcel', 'voucher']
const views = ['waiting', 'unassigned', 'open', 'solved', 'mine']

const work = async (page: Page, first: number, share: number): Promise<void> => {
  const count = { ...half, cases: Math.ceil(half.cases * share), writings: Math.ceil(half.writings * share) }
  await page.evaluate(goTo, '/queue/open')
  const rows = await loadRows(page, first + count.cases)
  const everyWriting = Math.floor(count.cases / count.writings)
  for (let n = 0; n < count.cases; n++) {
    const id = rows[first + n]
    if (id === undefined) return
    await openRow(page, id)
    if (n % everyWriting === 0) await write(page, n % 2 === 1, n)
  }
  for (let n = 0; n < half.views * share; n++) {
    await page.evaluate(goTo, `/queue/${views[n % views.length]}`)
    await page.waitForTimeout(400)
  }
  for (let n = 0; n < half.searches * share; n++) await search(page, words[n % words.length] as string)
}

/**
 * What the page holds at the beginning, in the middle and at the end of a day's work, after everything that is free was
 * given back. The clock of the page is turned on, so that answers that are only kept for a while do not count.
 */
export const measureDay = async (browser: Browser, url: string): Promise<Day> => {
  const desk = await openDesk(browser, url, page => page.clock.install())
  try {
    await desk.devtools.send('Performance.enable')
    // The code of every part is loaded and has been used before the day begins.
    await work(desk.page, 200, 0.1)
    const start = await rest(desk)
    await work(desk.page, 0, 1)
    const middle = await rest(desk)
    await work(desk.page, half.cases, 1)
    const end = await rest(desk)
    return { cases: 200, writings: 40, views: 20, searches: 20, start, middle, end }
  } finally {
    await desk.close()
  }
}
