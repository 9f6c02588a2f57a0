import { ActionIcon, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { useChangeCase } from './lines.ts'

type Props = { kase: Case; level: 1 | 2 }

/** The subject as the heading; a pencil turns it into a field. */
export const Subject = ({ kase, level }: Props) => {
  const t = useSay()
  const change = useChangeCase()
  const [text, setText] = useState<string | null>(null)
  const pencil = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  useEffect(() => {
    if (text === null && back.current) pencil.current?.focus()
    back.current = false
  }, [text])
  const Heading = level === 1 ? 'h1' : 'h2'
  const save = () => {
    const subject = text?.trim()
    if (subject && subject !== kase.subject) change.mutate({ id: kase.id, subject, version: kase.version })
    setText(null)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    back.current = event.key === 'Enter' || event.key === 'Escape'
    if (event.key === 'Enter') save()
    if (event.key === 'Escape') {
      event.stopPropagation()
      event.preventDefault()
      setText(null)
    }
  }
  if (text !== null)
    return (
      <TextInput
        aria-label={t('case.subject')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={save}
        maxLength={300}
        autoFocus
        className="rp-case-subject-field"
      />
    )
  return (
    <div className="rp-case-subject">
      <Heading data-heading tabIndex={-1}>
        {kase.subject}
      </Heading>
      {kase.can.includes('change') && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          ref={pencil}
          data-name="subject"
          onClick={() => setText(kase.subject)}
          aria-label={t('case.editSubject')}
        >
          <IconPencil size={15} stroke={1.7} />
        </ActionIcon>
      )}
    </div>
  )
}
