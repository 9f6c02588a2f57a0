import { useRef, useState } from 'react'
import { Problem } from '../../../ui/call.ts'
import { newKey, request } from '../../../ui/request.ts'
import type { Attachment } from '../contract.ts'
import { letters } from '../contract-letters.ts'
import { type Turn, turned } from './page-picture.ts'

export type Page = { key: string; file: File; url: string; turn: Turn }

/** Pages in their order, each the way up it is shown. */
const sendPages = async (pages: readonly Page[]): Promise<Attachment> => {
  const form = new FormData()
  for (const [index, page] of pages.entries())
    form.append('pages', await turned(page.file, page.turn), `page-${index + 1}.jpg`)
  return (await request(letters.attachLetter.method, letters.attachLetter.path, form)) as Attachment
}

/** A letter that is being put together from scans or photographs; it is sent as one document. */
export const useLetter = () => {
  const [pages, setPages] = useState<Page[]>([])
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  // A second try does not make the document again.
  const made = useRef<{ of: Page[]; file: Attachment } | null>(null)
  const add = (files: Iterable<File>) => {
    const fresh = [...files].map(file => ({ key: newKey(), file, url: URL.createObjectURL(file), turn: 0 as Turn }))
    setPages(before => [...before, ...fresh])
  }
  const remove = (key: string) =>
    setPages(before => {
      const gone = before.find(page => page.key === key)
      if (gone) URL.revokeObjectURL(gone.url)
      return before.filter(page => page.key !== key)
    })
  const turn = (key: string) =>
    setPages(before =>
      before.map(page => (page.key === key ? { ...page, turn: ((page.turn + 90) % 360) as Turn } : page)),
    )
  const move = (key: string, by: 1 | -1) =>
    setPages(before => {
      const at = before.findIndex(page => page.key === key)
      const [page, other] = [before[at], before[at + by]]
      return page && other ? before.with(at, other).with(at + by, page) : before
    })
  const clear = () => {
    for (const page of pages) URL.revokeObjectURL(page.url)
    made.current = null
    setPages([])
    setProblem(null)
  }
  const send = async (): Promise<Attachment> => {
    if (made.current?.of === pages) return made.current.file
    setSending(true)
    setProblem(null)
    try {
      const file = await sendPages(pages)
      made.current = { of: pages, file }
      return file
    } catch (error) {
      const told = error instanceof Problem ? error : new Problem(422, { code: 'unreadable' })
      setProblem(told)
      throw told
    } finally {
      setSending(false)
    }
  }
  return { pages, add, remove, turn, move, clear, send, sending, problem }
}
