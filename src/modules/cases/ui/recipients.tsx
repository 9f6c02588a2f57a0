import { IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { Pick } from '../../../ui/kit/pick.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Addressing, Participant } from './addressing.ts'

const Chip = ({
  name,
  why,
  out,
  undo,
  label,
}: {
  name: string
  why: string
  out?: boolean
  undo?: () => void
  label?: string
}) => (
  <span className="rp-chip" data-out={out || undefined}>
    <bdi className="rp-truncate">{name}</bdi>
    <span className="rp-chip-why">{why}</span>
    {undo && (
      <button type="button" onClick={undo} aria-label={label} title={label}>
        {out ? <IconPlus size={12} /> : <IconX size={12} />}
      </button>
    )}
  </span>
)

const isAddress = (text: string) => /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text)

const Add = ({ add }: { add: (address: string) => void }) => {
  const t = useSay()
  const [text, setText] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const done = () => {
    const address = text?.trim() ?? ''
    if (address !== '' && !isAddress(address)) return setWrong(true)
    if (address !== '') add(address)
    setText(null)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !['Enter', ',', ';', 'Escape'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') setText(null)
    else done()
  }
  if (text === null)
    return (
      <button type="button" className="rp-pick" data-empty onClick={() => setText('')}>
        <IconPlus size={13} aria-hidden /> {t('recipient.add')}
      </button>
    )
  return (
    <span className="rp-chip-input">
      <input
        type="email"
        className="rp-tag-input"
        aria-label={t('recipient.address')}
        aria-invalid={wrong}
        placeholder={t('recipient.address')}
        value={text}
        maxLength={254}
        onChange={event => {
          setText(event.target.value)
          setWrong(false)
        }}
        onKeyDown={press}
        onBlur={done}
        ref={input => input?.focus()}
      />
      {wrong && (
        <span className="rp-small rp-wrong" role="alert">
          {t('recipient.wrong')}
        </span>
      )}
    </span>
  )
}

const ConversationChoice = ({ addressing }: { addressing: Addressing }) => {
  const t = useSay()
  const choices = addressing.conversations.map(talk => {
    const names = talk.participants.filter(part => part.part !== 'copied').map(part => part.name || part.address)
    return { value: String(talk.id), label: `${t(`conversation.${talk.kind}`)}: ${names.join(', ') || talk.subject}` }
  })
  if (choices.length < 2) return null
  return (
    <Pick
      label={t('conversation.label')}
      name="conversation"
      value={addressing.talk ? String(addressing.talk.id) : null}
      choices={choices}
      onPick={id => addressing.choose(Number(id))}
    />
  )
}

const nameOf = (part: Participant) => part.name || part.address || ''

/** Who gets the mail and why, with the means to leave somebody out or copy somebody in. */
export const Recipients = ({ addressing }: { addressing: Addressing }) => {
  const t = useSay()
  const { to, copied, dropped, added, outsiders } = addressing
  return (
    <fieldset className="rp-recipients" aria-label={t('recipient.label')}>
      <ConversationChoice addressing={addressing} />
      {to.map(part => (
        <Chip
          key={part.personId}
          name={part.address ? `${nameOf(part)} ${part.name ? `<${part.address}>` : ''}` : nameOf(part)}
          why={t(part.part === 'requester' ? 'recipient.why.requester' : 'recipient.why.other')}
        />
      ))}
      {copied.map(part => {
        const out = dropped.has(part.personId)
        return (
          <Chip
            key={part.personId}
            name={nameOf(part)}
            why={t(out ? 'recipient.why.out' : 'recipient.why.copied')}
            out={out}
            undo={() => addressing.toggle(part.personId)}
            label={t(out ? 'recipient.include' : 'recipient.leaveOut', { name: nameOf(part) })}
          />
        )
      })}
      {added.map(({ address }) => (
        <Chip
          key={address}
          name={address}
          why={t('recipient.why.added')}
          undo={() => addressing.takeOff(address)}
          label={t('recipient.leaveOut', { name: address })}
        />
      ))}
      <Add add={addressing.add} />
      {outsiders > 1 && <span className="rp-outsiders">{t('recipient.outsiders', { count: outsiders })}</span>}
    </fieldset>
  )
}
