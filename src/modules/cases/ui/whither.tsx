import { IconArrowForwardUp } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import type { Case, Message } from '../contract.ts'

/** To whom a reply went, where that is not plainly the customer alone. */
export const Whither = ({ message, kase }: { message: Message; kase: Case }) => {
  const t = useSay()
  const talk = kase.conversations.find(one => one.id === message.conversationId)
  if (!talk || message.direction === 'note') return null
  const aside = talk.kind !== 'customer' || kase.conversations.filter(one => one.kind === 'customer').length > 1
  const copied = talk.participants.filter(
    part => part.part === 'copied' && (message.copiedIds === null || message.copiedIds.includes(part.personId)),
  )
  if (message.direction === 'in' && talk.kind === 'customer') return null
  if (!aside && copied.length === 0) return null
  const names = (people: typeof copied) => people.map(part => part.name || part.address || '').join(', ')
  const to = names(talk.participants.filter(part => part.part !== 'copied'))
  return (
    <p className="rp-whither">
      <IconArrowForwardUp size={14} stroke={1.8} aria-hidden />
      <span>
        {message.direction === 'in' ? t('whither.from', { names: to }) : t('whither.to', { names: to })}
        {message.direction === 'out' && copied.length > 0 && ` · ${t('whither.copy', { names: names(copied) })}`}
      </span>
    </p>
  )
}
