import { useCallback, useEffect, useRef, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useMe } from '../../../ui/me.ts'
import { cases, type Draft } from '../contract.ts'
import { type Restored, useRestored } from './restoring.ts'
import { leftHere, useSaving } from './saving.ts'
import { useFilesOfDraft, useUploads } from './uploads.ts'

/**
 * What I am writing in a case. Read once when the case opens and never overwritten after the first letter: what is on
 * screen is newer than whatever the server has. A journal left on this device is text the server never got.
 */
export const useDraft = (id: number, kind: Draft['kind']) => {
  const key = `rapport.draft.${useMe().id}.${id}.${kind}`
  const [text, setText] = useState(() => leftHere(key) ?? '')
  const [seen, setSeen] = useState<number | null>(null)
  const touched = useRef(text !== '')
  const drafts = useCall(cases.drafts, { id }, { staleTime: 0, gcTime: 0 })
  const mine = drafts.data?.items.find(draft => draft.kind === kind)
  const { state, keep, flush, drop } = useSaving(id, kind, key)
  const files = useUploads(id, kind)
  const { place } = files
  useFilesOfDraft(files, drafts.data && (mine?.attachments ?? []))
  useEffect(() => {
    if (touched.current || !mine || mine.text === '') return
    touched.current = true
    setText(mine.text)
    setSeen(mine.seenMessageId)
  }, [mine])
  useRestored(
    id,
    useCallback(
      (restored: Restored) => {
        if (restored.kind !== kind) return
        touched.current = true
        setText(before => (before.trim() === '' ? restored.text : `${restored.text}\n\n${before}`))
        place(restored.files)
      },
      [kind, place],
    ),
  )
  const write = (next: string, lastSeen: number | null) => {
    const first = text === '' || seen === null
    const from = first ? lastSeen : seen
    touched.current = true
    setText(next)
    setSeen(next === '' ? null : from)
    keep(next, from)
  }
  const clear = () => {
    drop()
    files.clear()
    setText('')
    setSeen(null)
  }
  return {
    text,
    seen,
    setSeen,
    write,
    clear,
    flush: () => void flush(),
    drop,
    state,
    files,
    others: drafts.data?.others ?? [],
  }
}
