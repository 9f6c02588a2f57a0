import { Textarea } from '@mantine/core'
import { type ClipboardEvent, type KeyboardEvent, Suspense, useEffect, useRef } from 'react'
import { isSendKey } from '../../../ui/kit/keys.ts'
import { useSay } from '../../../ui/language/index.ts'
import { Editor } from './composer-text-later.ts'
import type { EditorProps } from './editor.tsx'
import { toCase } from './leaving.ts'

type WritingProps = {
  label: string
  text: string
  write: (text: string) => void
  submit: () => void
  asked: number
  /** Takes files that are pasted in. */
  attach: (files: Iterable<File>) => void
}

/** What somebody said, in plain words. Escape goes one level back: out of the text, not out of the case. */
export const PlainWriting = ({ label, text, write, submit, asked, attach }: WritingProps) => {
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
      toCase(area.current)
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
      placeholder={t('composer.placeholder.heard')}
      value={text}
      onChange={event => write(event.currentTarget.value)}
      onKeyDown={press}
      onPaste={paste}
      autosize
      minRows={2}
      maxRows={14}
      variant="unstyled"
    />
  )
}

export const FormattedWriting = (props: EditorProps) => (
  <Suspense fallback={<div className="rp-editor-box" aria-busy />}>
    <Editor key={props.mode} {...props} />
  </Suspense>
)
