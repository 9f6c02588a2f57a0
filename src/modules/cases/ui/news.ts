import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../ui/call.ts'
import { type Change, useChanges } from '../../../ui/live.ts'
import type { CaseLine } from '../contract.ts'
import type { Sort } from '../contract-shapes.ts'
import { viewing } from '../contract-views.ts'
import { dueLeadMinutes } from '../urgency.ts'
import { isMine, showInRow } from './patching.ts'
import type { Filter } from './views.ts'

/** Many changes at once are one question, and there is one in two seconds at the most. */
const gatherMs = 300
const everyMs = 2000
const most = 100

type List = { items: readonly CaseLine[]; hasNextPage: boolean }
type Held = { key: string; ids: ReadonlySet<number> }
type Seen = { filter: Filter; sort: Sort; list: List; open: number | null }

const at = (moment: string | null): number => (moment === null ? Number.POSITIVE_INFINITY : Date.parse(moment))

/** Where a case stands in an order; less is further up. */
const placeOf = (sort: Sort, line: CaseLine): number => {
  const ahead = line.urgency.parts.reduce((sum, part) => sum + part.minutes, 0) * 60_000
  if (sort === 'urgency')
    return Math.min(at(line.waitingSince) - ahead, at(line.urgency.due?.at ?? null) - dueLeadMinutes * 60_000)
  if (sort === 'waiting') return at(line.waitingSince)
  if (sort === 'waking') return at(line.snoozedUntil)
  if (sort === 'recent') return -at(line.lastAt)
  if (sort === 'stale') return at(line.lastAt)
  return sort === 'newest' ? -line.id : line.id
}

/** Which of the changed cases reading the list again would bring, take away or move. */
const worthTelling = (
  { sort, list }: Seen,
  asked: readonly number[],
  lines: readonly CaseLine[],
  held: ReadonlySet<number>,
) => {
  const last = list.items.at(-1)
  const isWithin = (line: CaseLine) => !list.hasNextPage || !last || placeOf(sort, line) <= placeOf(sort, last)
  return asked.filter(id => {
    const line = lines.find(one => one.id === id)
    const shown = list.items.find(one => one.id === id)
    if (!line || !held.has(id)) return shown !== undefined
    return shown ? placeOf(sort, line) !== placeOf(sort, shown) : isWithin(line)
  })
}

/** Rows say what their cases have become, where they stand; what is on screen of the open case is its own. */
const show = (client: QueryClient, lines: readonly CaseLine[], open: number | null) => {
  for (const line of lines) showInRow(client, line.id, line.id === open ? { ...line, unread: false } : line)
}

/**
 * How many cases of this list others have brought, moved or settled since it was read. The list stays as it is; its rows
 * are brought up to date where they stand.
 */
export const useNews = (listKey: string, now: Seen) => {
  const client = useQueryClient()
  const [news, setNews] = useState<Held>({ key: listKey, ids: new Set() })
  const seen = useRef({ ...now, key: listKey })
  seen.current = { ...now, key: listKey }
  const waiting = useRef(new Set<number>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const askedAt = useRef(0)
  const ask = useCallback(async () => {
    timer.current = undefined
    askedAt.current = Date.now()
    const { key, filter, ...screen } = seen.current
    const ids = [...waiting.current].slice(0, most)
    for (const id of ids) waiting.current.delete(id)
    const { groupBy: _, group: __, ...given } = filter
    const found = await call(viewing.changed, { ...given, ids: ids.join(',') }).catch(() => null)
    if (!found || seen.current.key !== key) return
    const told = worthTelling({ ...screen, filter }, ids, found.items, new Set(found.held))
    show(client, found.items, seen.current.open)
    setNews(before => {
      const kept = before.key === key ? [...before.ids].filter(id => !ids.includes(id) || told.includes(id)) : []
      return { key, ids: new Set([...kept, ...told]) }
    })
    if (waiting.current.size > 0) timer.current = setTimeout(() => void ask(), everyMs)
  }, [client])
  useChanges(
    useCallback(
      (change: Change) => {
        if (change.kind !== 'case' || isMine(change.id) || /seen|presence|draft|read/.test(change.type)) return
        waiting.current.add(change.id)
        const wait = Math.max(gatherMs, askedAt.current + everyMs - Date.now())
        timer.current ??= setTimeout(() => void ask(), wait)
      },
      [ask],
    ),
  )
  useEffect(() => () => clearTimeout(timer.current), [])
  const clear = useCallback(() => setNews({ key: listKey, ids: new Set() }), [listKey])
  return { count: news.key === listKey ? news.ids.size : 0, clear }
}
