import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { keyOf, useAct } from '../../../ui/call.ts'
import { type Change, useChanges } from '../../../ui/live.ts'
import { type Case, type CaseLine, cases } from '../contract.ts'

type Pages = InfiniteData<{ items: CaseLine[]; next: string | null }>

// What I have just done myself is on screen already and needs no "new or changed".
const mine = new Map<number, number>()
const ownForMs = 5000
const isMine = (id: number) => Date.now() - (mine.get(id) ?? 0) < ownForMs

/** I am about to change, or have just changed, this case. */
export const touch = (id: number) => void mine.set(id, Date.now())

/** Puts what changed into the row where it stands; the order of the list stays as it is. */
export const patchLine = (client: QueryClient, id: number, change: Partial<CaseLine>) => {
  touch(id)
  client.setQueriesData<Pages>({ queryKey: [cases.list.path, 'pages'] }, pages =>
    pages
      ? {
          ...pages,
          pages: pages.pages.map(page => ({
            ...page,
            items: page.items.map(line => (line.id === id ? { ...line, ...change } : line)),
          })),
        }
      : pages,
  )
}

/** Changes a case and shows the answer everywhere at once. */
export const useChangeCase = (quiet = false) => {
  const client = useQueryClient()
  return useAct(cases.change, {
    quiet,
    refresh: [cases.timeline, cases.counts],
    done: (kase: Case) => {
      client.setQueryData(keyOf(cases.get, { id: kase.id }), kase)
      patchLine(client, kase.id, kase)
    },
  })
}

/** Which cases others have opened or changed since the list was read. */
export const useNews = (listKey: string) => {
  const [news, setNews] = useState<{ key: string; ids: ReadonlySet<number> }>({ key: listKey, ids: new Set() })
  const hear = useCallback(
    (change: Change) => {
      if (change.kind !== 'case' || isMine(change.id) || /seen|presence|draft|read/.test(change.type)) return
      setNews(before => ({ key: listKey, ids: new Set(before.key === listKey ? before.ids : []).add(change.id) }))
    },
    [listKey],
  )
  useChanges(hear)
  const clear = useCallback(() => setNews({ key: listKey, ids: new Set() }), [listKey])
  return { count: news.key === listKey ? news.ids.size : 0, clear }
}
