import { IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'

type Props = { tags: string[]; fixed: boolean; set: (tags: string[]) => void }

/** Tags, added by typing and removed one by one. */
export const Tags = ({ tags, fixed, set }: Props) => {
  const t = useSay()
  const [text, setText] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  // Whoever ended it by a key goes on from where they began.
  useEffect(() => {
    if (text === null && back.current) button.current?.focus()
    back.current = false
  }, [text])
  const add = () => {
    const tag = text?.trim().toLowerCase()
    if (tag && !tags.includes(tag)) set([...tags, tag])
    setText(null)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      back.current = true
      add()
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      back.current = true
      setText(null)
    }
  }
  return (
    <>
      {tags.map(tag => (
        <span key={tag} className="rp-tag rp-tag-field">
          {tag}
          {!fixed && (
            <button
              type="button"
              onClick={() => set(tags.filter(other => other !== tag))}
              aria-label={t('case.removeTag', { tag })}
            >
              <IconX size={12} />
            </button>
          )}
        </span>
      ))}
      {!fixed &&
        (text === null ? (
          <button
            type="button"
            ref={button}
            className="rp-pick"
            data-name="tags"
            data-empty
            onClick={() => setText('')}
          >
            <IconPlus size={14} aria-hidden /> {t('case.addTag')}
          </button>
        ) : (
          <input
            className="rp-tag-input"
            aria-label={t('case.addTag')}
            value={text}
            maxLength={60}
            onChange={event => setText(event.target.value)}
            onKeyDown={press}
            onBlur={add}
            ref={input => input?.focus()}
          />
        ))}
    </>
  )
}
