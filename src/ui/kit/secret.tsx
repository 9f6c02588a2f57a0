import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useSay } from '../language/index.ts'

/** The clipboard needs a secure connection; without one the old way through a selected field still works. */
const copyText = async (text: string): Promise<boolean> => {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  if (copied) return true
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.style.cssText = 'position: fixed; opacity: 0'
  document.body.append(field)
  field.select()
  // oxlint-disable-next-line typescript/no-deprecated -- a page without https has no other way to copy
  const done = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}

/** Copies a text and says so for a moment; `action` says what is copied. */
export const CopyButton = ({ text, action, onFail }: { text: string; action?: string; onFail?: () => void }) => {
  const t = useSay()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await copyText(text)
    if (!done) return onFail?.()
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Button size="compact-sm" variant="default" onClick={() => void copy()}>
      <span aria-live="polite">{copied ? t('action.copied') : (action ?? t('action.copy'))}</span>
    </Button>
  )
}

/** Something to be taken elsewhere as it is: marked whole by one click, copied by one more. */
export const Secret = ({ label, text, shown = text }: { label: string; text: string; shown?: string }) => {
  const field = useRef<HTMLTextAreaElement>(null)
  const mark = () => field.current?.select()
  return (
    <div className="rp-secret">
      <textarea
        ref={field}
        readOnly
        rows={2}
        value={shown}
        aria-label={label}
        onFocus={mark}
        onClick={mark}
        spellCheck={false}
      />
      <CopyButton text={text} onFail={mark} />
    </div>
  )
}
