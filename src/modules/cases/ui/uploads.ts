import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../ui/call.ts'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { newKey, type Problem, upload } from '../../../ui/request.ts'
import { type Attachment, cases, type Draft } from '../contract.ts'
import type { Upload } from './attachments.tsx'

const largest = 25 * 1024 * 1024

const itemOf = (file: Attachment): Upload => ({ key: `file${file.id}`, name: file.name, size: file.size, file })

const added = (before: Upload[], files: Attachment[]) => [
  ...before,
  ...files.filter(file => before.every(item => item.file?.id !== file.id)).map(itemOf),
]

/** Takes a file off the server again. One that is gone already, from another window, is gone. */
const detach = (file: Attachment) =>
  call(cases.detach, { id: file.id }).catch((problem: Problem) => {
    if (problem.status !== 404) throw problem
  })

/**
 * Files that will go with the next message of a case; each is uploaded as soon as it is chosen. Those of a draft stay
 * with it on the server: they are there again after a reload and on another device.
 * @param kind the draft they belong to; null for what a customer said, which is no draft
 */
export const useUploads = (caseId: number, kind: Draft['kind'] | null) => {
  const t = useSay()
  const [items, setItems] = useState<Upload[]>([])
  const removed = useRef(new Set<string>())
  const place = useCallback((files: Attachment[]) => setItems(before => added(before, files)), [])
  const patch = (key: string, change: Partial<Upload>) =>
    setItems(before => before.map(item => (item.key === key ? { ...item, ...change } : item)))
  const send = (key: string, file: File) => {
    const address = kind ? `/api/cases/${caseId}/drafts/${kind}/attachments` : `/api/cases/${caseId}/attachments`
    upload<Attachment>(address, file)
      .then(saved => (removed.current.has(key) ? detach(saved) : patch(key, { file: saved })))
      .catch((problem: Problem) => patch(key, { problem: sentenceOf(problem) }))
  }
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const item = { key: newKey(), name: file.name, size: file.size }
      const tooLarge = file.size > largest
      setItems(before => [...before, tooLarge ? { ...item, problem: t('files.tooLarge') } : item])
      if (!tooLarge) send(item.key, file)
    }
  }
  const remove = (key: string) => {
    const file = items.find(item => item.key === key)?.file
    removed.current.add(key)
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
