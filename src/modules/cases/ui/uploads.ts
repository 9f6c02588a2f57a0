import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../ui/call.ts'
import { prepared } from '../../../ui/kit/pictures.ts'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { newKey, type Problem, upload } from '../../../ui/request.ts'
import { type Attachment, cases, type Draft } from '../contract.ts'
import type { Upload } from './attachments.tsx'

const largest = 25 * 1024 * 1024
const drawable = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

const itemOf = (file: Attachment): Upload => ({
  key: `file${file.id}`,
  name: file.name,
  size: file.size,
  file,
  ...(drawable.includes(file.type) ? { preview: file.url } : {}),
})

const added = (before: Upload[], files: Attachment[]) => [
  ...before,
  ...files.filter(file => before.every(item => item.file?.id !== file.id)).map(itemOf),
]

/** Takes a file off the server again. One that is gone already, from another window, is gone. */
const detach = (file: Attachment) =>
  call(cases.detach, { id: file.id }).catch((problem: Problem) => {
    if (problem.status !== 404) throw problem
  })

/** Runs each time the network comes back. */
const useOnceOnline = (run: () => void) => {
  const current = useRef(run)
  current.current = run
  useEffect(() => {
    const back = () => current.current()
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  }, [])
}

/**
 * Files that will go with the next message of a case; each is uploaded as soon as it is chosen. Those of a draft stay
 * with it on the server: they are there again after a reload and on another device.
 * @param kind the draft they belong to; null for what a customer said, which is no draft
 */
export const useUploads = (caseId: number, kind: Draft['kind'] | null) => {
  const t = useSay()
  const [items, setItems] = useState<Upload[]>([])
  const removed = useRef(new Set<string>())
  const stuck = useRef(new Map<string, () => void>())
  const place = useCallback((files: Attachment[]) => setItems(before => added(before, files)), [])
  const patch = (key: string, change: Partial<Upload>) =>
    setItems(before => before.map(item => (item.key === key ? { ...item, ...change } : item)))
  const send = async (key: string, file: File, placed?: (file: Attachment) => void) => {
    const address = kind ? `/api/cases/${caseId}/drafts/${kind}/attachments` : `/api/cases/${caseId}/attachments`
    const ready = await prepared(file)
    if (removed.current.has(key)) return
    if (ready === 'bomb') return patch(key, { problem: t('files.bomb') })
    if (ready.size > largest) return patch(key, { problem: t('files.tooLarge') })
    patch(key, ready === file ? { size: file.size } : { size: ready.size, from: file.size })
    await upload<Attachment>(address, ready)
      .then(saved => {
        if (removed.current.has(key)) return detach(saved)
        patch(key, { file: saved })
        placed?.(saved)
      })
      .catch((problem: Problem) => {
        // Without a network it waits here and goes when there is one again.
        if (problem.status === 0) stuck.current.set(key, () => void send(key, file, placed))
        patch(key, { problem: problem.status === 0 ? t('files.offline') : sentenceOf(problem) })
      })
  }
  useOnceOnline(() => {
    for (const [key, again] of stuck.current) {
      setItems(before =>
        before.map(({ problem: _, ...item }) => (item.key === key ? item : { ...item, ...(_ ? { problem: _ } : {}) })),
      )
      again()
    }
    stuck.current.clear()
  })
  /** @param placed is told of each file once the server has it */
  const add = (files: Iterable<File>, placed?: (file: Attachment) => void) => {
    for (const file of files) {
      const drawn = drawable.includes(file.type) && file.size <= largest
      const item = {
        key: newKey(),
        name: file.name,
        size: file.size,
        ...(drawn ? { preview: URL.createObjectURL(file) } : {}),
      }
      setItems(before => [...before, item])
      void send(item.key, file, placed)
    }
  }
  const remove = (key: string) => {
    const file = items.find(item => item.key === key)?.file
    removed.current.add(key)
    stuck.current.delete(key)
    setItems(before => before.filter(item => item.key !== key))
    if (!file) return
    detach(file).catch((problem: Problem) => {
      place([file])
      toldProblem(problem)
    })
  }
  return {
    items,
    add,
    place,
    remove,
    clear: () => setItems([]),
    ids: items.flatMap(item => (item.file ? [item.file.id] : [])),
    busy: items.some(item => !item.file && !item.problem),
    failed: items.some(item => item.problem !== undefined),
  }
}

/** Puts the files of a draft in, once: later answers may still name some that have been sent or removed since. */
export const useFilesOfDraft = ({ place }: ReturnType<typeof useUploads>, ofDraft: Attachment[] | undefined) => {
  const placed = useRef(false)
  useEffect(() => {
    if (placed.current || !ofDraft) return
    placed.current = true
    place(ofDraft)
  }, [ofDraft, place])
}

/**
 * What is sent while a file is still on its way waits for it: the wish is kept with the place it was made in, and is
 * forgotten when one goes elsewhere meanwhile.
 * @param place where one is, such as the reply; @param act is done with the wish once every file is there
 */
export const useOnceThere = <Wish>(place: string, busy: boolean, act: (wish: Wish) => void) => {
  const [wish, setWish] = useState<{ place: string; what: Wish } | null>(null)
  const waits = wish !== null && wish.place === place
  useEffect(() => {
    if (wish === null || (waits && busy)) return
    setWish(null)
    if (waits) act(wish.what)
  })
  return { waits, wait: (what: Wish) => setWish({ place, what }) }
}
