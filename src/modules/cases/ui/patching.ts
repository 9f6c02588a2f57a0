import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { type CaseLine, cases } from '../contract.ts'

export type Pages = InfiniteData<{ items: CaseLine[]; next: string | null }>

// What I have just done myself is on screen already and needs no "new or changed".
const mine = new Map<number, number>()
const ownForMs = 5000
export const isMine = (id: number) => Date.now() - (mine.get(id) ?? 0) < ownForMs

/** I am about to change, or have just changed, this case. */
export const touch = (id: number) => void mine.set(id, Date.now())

/** Puts what others changed into the row where it stands; the order of the list stays as it is. */
export const showInRow = (client: QueryClient, id: number, change: Partial<CaseLine>) =>
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

/** The same for what I changed myself. */
export const patchLine = (client: QueryClient, id: number, change: Partial<CaseLine>) => {
  touch(id)
  showInRow(client, id, change)
}
