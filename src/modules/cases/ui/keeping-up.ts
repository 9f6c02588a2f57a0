import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useAct, usePages } from '../../../ui/call.ts'
import { type Case, cases, type Message } from '../contract.ts'
import { patchLine } from './lines.ts'

/** All messages of a case: read page by page until the newest is there, because the end is what one reads first. */
export const useMessages = (id: number) => {
  const list = usePages(cases.messages, { id, limit: 200 })
  const { hasNextPage, isFetching, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return list
}

/** Marks the case as seen up to its last message, once that has been on screen. */
export const useSeen = (kase: Case, last: Message | undefined) => {
  const client = useQueryClient()
  const { mutate } = useAct(cases.seen, { quiet: true })
  const lastId = last?.id
  useEffect(() => {
    if (lastId === undefined) return
    const timer = setTimeout(() => {
      if (document.visibilityState === 'hidden') return
      mutate({ id: kase.id, messageId: lastId })
      patchLine(client, kase.id, { unread: false })
    }, 600)
    return () => clearTimeout(timer)
  }, [kase.id, lastId, mutate, client])
}

/** Stays at the newest message unless one has scrolled up to read. */
export const useStayAtEnd = (count: number) => {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const onScroll = () => {
    const element = box.current
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 120
  }
  useLayoutEffect(() => {
    const element = box.current
    if (count === 0 || !atEnd.current || !element) return
    // Whoever was here before goes on reading where they stopped; anybody else begins at the end.
    const first = element.querySelector('[data-first-new]')
    if (first) first.scrollIntoView({ block: 'start' })
    else element.scrollTop = element.scrollHeight
  }, [count])
  // The composer grows while one writes; the newest message must not slip behind it.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  return { box, onScroll }
}
