import type { Browser, Page } from 'playwright-core'
import { openClient } from '../client.ts'
import { type Figures, figuresOf } from '../measure.ts'
import { adminToken } from '../program.ts'
import { focusOn, scrollBy } from './in-page.ts'
import { list, loadRows, openDesk, openRowCold, untilDrawn } from './page.ts'

const rowsWanted = 1000
const forMs = 5000
/** Four thousand pixels a second at 60 frames: as fast as one can still read names. */
const step = 66
const presses = 30

export type Frames = { perSecond: number; longestMs: number; p95Ms: number }
export type Scrolling = {
  rows: number
  list: Frames
  /** The same movement over as many plain rows, without anything of ours: what this machine draws at best. */
  plain: Frames
  /** From the press of `j` until the next row is drawn with the focus. */
  move: Figures
  /** From the key that opens a row until its first message is drawn, nothing read ahead. */
  open: number
}

const framesOf = (gaps: number[]): Frames => {
  const sorted = gaps.toSorted((a, b) => a - b)
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    perSecond: (gaps.length * 1000) / total,
    longestMs: sorted.at(-1) ?? 0,
    p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  }
}

const plainRows = async (page: Page): Promise<Frames> => {
  const row = '<li><p>A name and a time</p><p>What it is about</p><p>How it begins</p><p>Enquiry</p></li>'
  await page.goto('about:blank')
  await page.setContent(
    `<style>.rp-queue-scroll{height:850px;width:372px;overflow-y:auto}p{margin:2px}</style>
    <div class="rp-queue-scroll"><ul>${row.repeat(rowsWanted)}</ul></div>`,
  )
  return framesOf(await page.evaluate(scrollBy, { of: list, step, ms: forMs }))
}

const moves = async (page: Page, rows: number[]): Promise<Figures> => {
  const times: number[] = []
  await page.evaluate(focusOn, `[data-row="${rows[0]}"]`)
  for (let at = 1; at <= presses; at++) {
    times.push((await untilDrawn(page, `[data-row="${rows[at]}"]:focus`, () => page.keyboard.press('j'))).ms)
    await page.waitForTimeout(150)
  }
  return figuresOf(1, times, times.reduce((sum, ms) => sum + ms, 0) / 1000)
}

const longView = {
  name: 'Settled',
  condition: { field: 'status', op: 'one_of', value: ['solved', 'closed'] },
  sort: 'recent',
}

/** No list that everybody has is a thousand rows long in a small database; a saved one is. @returns its number */
const addLongView = async (url: string): Promise<number> => {
  const client = await openClient(Number(new URL(url).port), adminToken)
  try {
    const { items } = JSON.parse((await client.get('/api/views')).body) as { items: { id: number; name: string }[] }
    const there = items.find(view => view.name === longView.name)
    return there?.id ?? (JSON.parse((await client.post('/api/views', longView)).body) as { id: number }).id
  } finally {
    client.close()
  }
}

/** Moves over a list of a thousand rows, by scrolling and by key. */
export const measureScrolling = async (browser: Browser, url: string): Promise<Scrolling> => {
  const view = await addLongView(url)
  const { page, close } = await openDesk(browser, url)
  try {
    await page.goto(`${url}/queue/${view}`)
    await page.locator('.rp-row').first().waitFor()
    const rows = await loadRows(page, rowsWanted)
    await page.waitForTimeout(2000)
    const frames = framesOf(await page.evaluate(scrollBy, { of: list, step, ms: forMs }))
    const move = await moves(page, rows)
    const open = (await openRowCold(page, rows[presses + 5] as number)) ?? Number.NaN
    return { rows: rows.length, list: frames, plain: await plainRows(page), move, open }
  } finally {
    await close()
  }
}
