import { loadavg } from 'node:os'
import { openBrowser } from '../../journeys/chromium.ts'
import type { Figures } from '../measure.ts'
import { scriptBudgetBytes } from '../weight.ts'
import { measureDay } from './day.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureOpenings } from './opening.ts'
import { measureScrolling } from './scrolling.ts'

/** One figure with what it must not pass. */
export type Line = { name: string; value: number; unit: string; budget: string; met: boolean | null }
export type BrowserFigures = { load: number[]; lines: Line[] }

type Limit = { atMost?: number; atLeast?: number }

const line = (name: string, value: number, unit: string, { atMost, atLeast }: Limit = {}): Line => ({
  name,
  value,
  unit,
  budget: atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : '',
  met: atMost !== undefined ? value <= atMost : atLeast !== undefined ? value >= atLeast : null,
})

/** What is answered within 100 ms seems to happen at once (Miller, Response time in man-computer transactions, 1968). */
const atOnceMs = 100

const timesOf = (name: string, { p50, p95, count }: Figures, atMost: number): Line[] => [
  line(`${name}, p50 of ${count}`, p50, 'ms', { atMost }),
  line(`${name}, p95`, p95, 'ms', { atMost: 2 * atMost }),
]

const openingLines = async (...given: Parameters<typeof measureOpenings>): Promise<Line[]> => {
  const { cold, ahead } = await measureOpenings(...given)
  return [...timesOf('open a case, read ahead', ahead, atOnceMs), ...timesOf('open a case, cold', cold, 2 * atOnceMs)]
}

const scrollingLines = async (...given: Parameters<typeof measureScrolling>): Promise<Line[]> => {
  const { rows, list, plain, move, open } = await measureScrolling(...given)
  return [
    line(`scrolling ${rows} rows, frames`, list.perSecond, '/s', { atLeast: 58 }),
    line('scrolling, longest frame', list.longestMs, 'ms', { atMost: 50 }),
    line('scrolling, p95 of frames', list.p95Ms, 'ms'),
    line('scrolling plain rows, frames', plain.perSecond, '/s'),
    line('scrolling plain rows, longest frame', plain.longestMs, 'ms'),
    ...timesOf(`j among ${rows} rows`, move, atOnceMs / 2),
    line(`open a case among ${rows} rows, cold`, open, 'ms', { atMost: 4 * atOnceMs }),
  ]
}

const dayLines = async (...given: Parameters<typeof measureDay>): Promise<Line[]> => {
  const { cases, writings, views, searches, start, middle, end } = await measureDay(...given)
  const day = `a day (${cases} cases, ${writings} drafts and notes, ${views} views, ${searches} searches)`
  return [
    line(`${day}: heap before`, start.heapMb, 'MB'),
    line('heap in the middle', middle.heapMb, 'MB'),
    line('heap at the end', end.heapMb, 'MB'),
    line('heap grown in the second half', end.heapMb - middle.heapMb, 'MB', { atMost: 2 }),
    line('nodes before', start.nodes, ''),
    line('nodes in the middle', middle.nodes, ''),
    line('nodes at the end', end.nodes, '', { atMost: Math.round(middle.nodes * 1.1 + 200) }),
    line('listeners before', start.listeners, ''),
    line('listeners in the middle', middle.listeners, ''),
    line('listeners at the end', end.listeners, '', { atMost: Math.round(middle.listeners * 1.1 + 20) }),
  ]
}

const firstLoadLines = async (...given: Parameters<typeof measureFirstLoad>): Promise<Line[]> => {
  const { scriptBytes, receivedBytes, firstVisitMs, nextVisitMs } = await measureFirstLoad(...given)
  return [
    line('script of the queue (gzip)', scriptBytes / 1000, 'kB', { atMost: scriptBudgetBytes / 1000 }),
    line('script received until the first rows', receivedBytes / 1000, 'kB'),
    line('first rows on slow 4G, first visit', firstVisitMs / 1000, 's', { atMost: 6 }),
    line('first rows on slow 4G, next visit', nextVisitMs / 1000, 's', { atMost: 4 }),
  ]
}

/** Measures what a person at the screen sees, in a real browser. */
export const measureBrowser = async (port: number, say: (line: string) => void): Promise<BrowserFigures> => {
  const browser = await openBrowser()
  const url = `http://127.0.0.1:${port}`
  const lines: Line[] = []
  try {
    for (const part of [openingLines, scrollingLines, firstLoadLines, dayLines]) {
      const measured = await part(browser, url)
      for (const one of measured) say(lineText(one))
      lines.push(...measured)
    }
    return { load: loadavg(), lines }
  } finally {
    await browser.close()
  }
}

export const lineText = ({ name, value, unit, budget, met }: Line): string =>
  `${name}: ${value.toFixed(value >= 100 ? 0 : 1)}${unit && ` ${unit}`}${budget && ` (${budget}: ${met ? 'pass' : 'MISS'})`}`
