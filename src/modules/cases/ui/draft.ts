import { useCallback, useEffect, useRef, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useMe } from '../../../ui/me.ts'
import { cases, type Draft } from '../contract.ts'
import { blank, type Form, joinedForm } from './form.ts'
import { type Restored, useRestored } from './restoring.ts'
import { leftHere, useSaving } from './saving.ts'
import { useFilesOfDraft, useUploads } from './uploads.ts'

/** Drafts are no events, so who else is writing one is asked from time to time. */
const othersEveryMs = 30_000

/**
 * What I am writing in a case. Read once when the case opens and never overwritten after the first letter: what is on
 * screen is newer than whatever the server has. A journal left on this device is text the server never got.
 */
export const useDraft = (id: number, kind: Draft['kind']) => {
  const key = `rapport.draft.${useMe().id}.${id}.${kind}`
  const [form, setForm] = useState<Form>(() => leftHere(key) ?? blank)
  const [revision, setRevision] = useState(0)
  const [seen, setSeen] = useState<number | null>(null)
  const touched = useRef(form.text !== '')
  const drafts = useCall(cases.drafts, { id }, { staleTime: 0, gcTime: 0, refetchInterval: othersEveryMs })
  const mine = drafts.data?.items.find(draft => draft.kind === kind)
  const { state, keep, flush, drop, unsaved } = useSaving(id, kind, key)
  const files = useUploads(id, kind)
  const { place } = files
  useFilesOfDraft(files, drafts.data && (mine?.attachments ?? []))
  /** Sets the text from outside the field it is typed into. */
  const put = useCallback((next: Form | ((before: Form) => Form)) => {
    touched.current = true
    setForm(next)
    setRevision(count => count + 1)
  }, [])
  useEffect(() => {
    if (touched.current || !mine || mine.text === '') return
    put({ text: mine.text, html: mine.html })
    setSeen(mine.seenMessageId)
  }, [mine, put])
  // Where another case was merged into this one, the server put its draft behind this text.
  const current = useRef(form)
  current.current = form
  useEffect(() => {
    const { text } = current.current
    if (!touched.current || text === '' || !mine?.text.startsWith(`${text}\n\n`) || unsaved()) return
    put({ text: mine.text, html: mine.html })
    place(mine.attachments)
  }, [mine, place, put, unsaved])
  useRestored(
    id,
    useCallback(
      (restored: Restored) => {
        if (restored.kind !== kind) return
        put(before => joinedForm({ text: restored.text, html: restored.html }, before))
        place(restored.files)
      },
      [kind, place, put],
    ),
  )
  const write = (next: Form, lastSeen: number | null) => {
    const first = form.text === '' || seen === null
    const from = first ? lastSeen : seen
    touched.current = true
    setForm(next)
    setSeen(next.text === '' ? null : from)
    keep(next, from)
  }
  const clear = () => {
    drop()
    files.clear()
    put(blank)
    setSeen(null)
  }
  return {
    form,
    text: form.text,
    revision,
    seen,
    setSeen,
    write,
    /** Puts an earlier version in place of the text; what stood there becomes a version itself. */
    replace: (next: Form, lastSeen: number | null) => {
      write(next, lastSeen)
      put(next)
    },
    clear,
    flush: () => void flush(),
    drop,
    state,
    files,
    others: drafts.data?.others ?? [],
  }
}
