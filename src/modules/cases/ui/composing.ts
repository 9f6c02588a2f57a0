import { useRef, useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { useStaff } from './choices.tsx'

/** Reply: to the customer. Note: for colleagues. Heard: what the customer said next, by word of mouth or letter. */
export type Mode = 'reply' | 'note' | 'heard'
export const spoken = ['phone', 'face_to_face', 'letter', 'text_message', 'social'] as const
export type Spoken = (typeof spoken)[number]

/** Colleagues named with an @ in the text. */
export const useMentions = (text: string) => {
  const staff = useStaff()
  const lower = text.toLowerCase()
  const named = lower.includes('@') ? staff.filter(member => lower.includes(`@${member.name.toLowerCase()}`)) : []
  const typing = /(?:^|\s)@([\p{L}][\p{L} ]{0,30})?$/u.exec(text)
  const part = typing?.[1]?.toLowerCase() ?? ''
  const offered = typing
    ? staff.filter(member => !named.includes(member) && member.name.toLowerCase().includes(part)).slice(0, 5)
    : []
  const complete = (name: string) => `${text.slice(0, text.lastIndexOf('@'))}@${name} `
  return { named, offered, complete }
}

/** What one would rather be told before sending than after. */
export const useCautions = (mode: Mode, text: string, files: number): string[] => {
  const t = useSay()
  const { named } = useMentions(text)
  if (mode !== 'reply') return []
  const promised = /\b(attach(ed|ment|ments|ing)?|enclosed?)\b/i.test(text) && files === 0
  return [
    ...(named.length > 0 ? [t('caution.mention', { name: named[0]?.name ?? '' })] : []),
    ...(promised ? [t('caution.noFile')] : []),
  ]
}

/** By mail where the requester can be reached so, else the way they came. */
export const useReplyChannel = (kase: Case) => {
  const requester = kase.conversations
    .find(talk => talk.kind === 'customer')
    ?.participants.find(part => part.part === 'requester')
  const address =
    requester?.address ??
    kase.person.identities.find(identity => identity.kind === 'email' && !identity.undeliverable)?.value ??
    null
  const bySpeech = spoken.find(channel => channel === kase.channel) ?? null
  const [channel, setChannel] = useState<'email' | Spoken>(bySpeech ?? (address ? 'email' : 'phone'))
  const copied = kase.conversations
    .filter(talk => talk.kind === 'customer')
    .flatMap(talk => talk.participants.filter(part => part.part === 'copied'))
  return { channel, setChannel, address: requester?.undeliverable ? null : address, copied }
}

/** A value that is remembered on this device, such as how one likes to send. */
export const useRemembered = <T extends string>(
  key: string,
  allowed: readonly T[],
  first: T,
): [T, (value: T) => void] => {
  const stored = useRef<string | null>(null)
  const [value, setValue] = useState<T>(() => {
    try {
      stored.current = localStorage.getItem(key)
    } catch {
      // Without a store the first value is used each time.
    }
    return allowed.find(item => item === stored.current) ?? first
  })
  const set = (next: T) => {
    setValue(next)
    try {
      localStorage.setItem(key, next)
    } catch {
      // See above.
    }
  }
  return [value, set]
}
