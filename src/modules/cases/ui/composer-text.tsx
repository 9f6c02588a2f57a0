import { Textarea } from '@mantine/core'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { isSendKey } from '../../../ui/kit/keys.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Mode } from './composing.ts'

type WritingProps = {
  label: string
  mode: Mode
  text: string
  write: (text: string) => void
  submit: () => void
  leave: () => void
  /** Counts up each time somebody asks to write; the text then takes the focus. */
  asked: number
  /** Takes files that are pasted in. */
  attach: (files: Iterable<File>) => void
}

/** The text itself. Escape goes one level back: out of the text, not out of the case. */
export const Writing = ({ label, mode, text, write, submit, leave, asked, attach }: WritingProps) => {
  const t = useSay()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (asked > 0) area.current?.focus()
  }, [asked])
  const press = (event: KeyboardEvent) => {
    if (isSendKey(event)) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      event.stopPropagation()
      area.current?.blur()
      area.current?.closest<HTMLElement>('article')?.querySelector<HTMLElement>('[data-heading]')?.focus()
    }
  }
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    attach(event.clipboardData.files)
  }
  return (
    <Textarea
      ref={area}
      aria-label={label}
      placeholder={t(`composer.placeholder.${mode}`)}
      value={text}
      onChange={event => write(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={press}
      onPaste={paste}
      autosize
      minRows={2}
      maxRows={14}
      variant="unstyled"
    />
  )
}
