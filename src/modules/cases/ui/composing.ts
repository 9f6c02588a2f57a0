import { useRef, useState } from 'react'
import { useTeams } from '../../identity/ui/index.ts'
import type { Case } from '../contract.ts'
import { useStaff } from './choices.tsx'

/** Reply: to the customer. Note: for colleagues. Heard: what the customer said next, by word of mouth or letter. */
export type Mode = 'reply' | 'note' | 'heard'
export const spoken = ['phone', 'face_to_face', 'letter', 'text_message', 'social'] as const
export type Spoken = (typeof spoken)[number]

/** Colleagues and teams named with an @ in the text; of a team, everybody in it. */
export const useMentions = (text: string) => {
  const staff = useStaff()
  const teams = useTeams()
  const lower = text.toLowerCase()
  const isNamed = ({ name }: { name: string }) => lower.includes(`@${name.toLowerCase()}`)
  if (!lower.includes('@')) return { named: [], ids: [] }
  const members = staff.filter(isNamed)
  const called = teams.filter(isNamed)
  const inTeams = staff.filter(one => called.some(team => one.teamIds.includes(team.id)))
  return { named: [...members, ...called], ids: [...new Set([...members, ...inTeams].map(one => one.id))].slice(0, 50) }
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
  return { channel, setChannel, address: requester?.undeliverable ? null : address }
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
