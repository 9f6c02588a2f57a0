import { useCallback, useEffect, useState } from 'react'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { newKey, type Problem, upload } from '../../../ui/request.ts'
import type { Attachment } from '../contract.ts'
import type { Upload } from './attachments.tsx'
import { type Restored, useRestored } from './restoring.ts'

const largest = 25 * 1024 * 1024

const itemOf = (file: Attachment): Upload => ({ key: `file${file.id}`, name: file.name, size: file.size, file })

const isFiles = (value: unknown): value is Attachment[] =>
  Array.isArray(value) && value.every(item => typeof item === 'object' && item !== null && 'id' in item)

/** Files that are on the server but in no message yet; noted on this device so that a reload does not lose them. */
const noted = (journal: string): Upload[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(journal) ?? '[]')
    return isFiles(kept) ? kept.map(itemOf) : []
  } catch {
    return []
  }
}

const note = (journal: string, files: Attachment[]) => {
  try {
    if (files.length === 0) localStorage.removeItem(journal)
    else localStorage.setItem(journal, JSON.stringify(files))
  } catch {
    // Without a store they last as long as the page.
  }
}

const added = (before: Upload[], files: Attachment[]) => [
  ...before,
  ...files.filter(file => before.every(item => item.file?.id !== file.id)).map(itemOf),
]

/** Hands files back to a case whose composer may not be open. */
export const noteFiles = (staffId: number, caseId: number, files: Attachment[]) => {
  const journal = journalOf(staffId, caseId)
  note(
    journal,
    added(noted(journal), files).flatMap(item => item.file ?? []),
  )
}

const journalOf = (staffId: number, caseId: number) => `rapport.files.${staffId}.${caseId}`

/** Files that will go with the next message of a case; each is uploaded as soon as it is chosen. */
export const useUploads = (caseId: number) => {
  const t = useSay()
  const journal = journalOf(useMe().id, caseId)
  const [items, setItems] = useState<Upload[]>(() => noted(journal))
  useEffect(
    () =>
      note(
        journal,
        items.flatMap(item => item.file ?? []),
      ),
    [journal, items],
  )
  useRestored(
    caseId,
    useCallback((restored: Restored) => setItems(before => added(before, restored.files)), []),
  )
  const patch = (key: string, change: Partial<Upload>) =>
    setItems(before => before.map(item => (item.key === key ? { ...item, ...change } : item)))
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const key = newKey()
      const tooLarge = file.size > largest
      setItems(before => [
        ...before,
        { key, name: file.name, size: file.size, ...(tooLarge ? { problem: t('files.tooLarge') } : {}) },
      ])
      if (!tooLarge)
        upload<Attachment>(`/api/cases/${caseId}/attachments`, file)
          .then(saved => patch(key, { file: saved }))
          .catch((problem: Problem) => patch(key, { problem: sentenceOf(problem) }))
    }
  }
  return {
    items,
    add,
    remove: (key: string) => setItems(before => before.filter(item => item.key !== key)),
    clear: () => setItems([]),
    ids: items.flatMap(item => (item.file ? [item.file.id] : [])),
    busy: items.some(item => !item.file && !item.problem),
  }
}
