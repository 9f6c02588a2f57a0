import { useState } from 'react'
import type { Case, Message } from '../contract.ts'

type Conversation = Case['conversations'][number]
export type Participant = Conversation['participants'][number]
export type Added = { address: string }

/** Where the last word came from is where one answers; the customer's first conversation where nobody wrote yet. */
const usual = (kase: Case, messages: readonly Message[]): Conversation | undefined => {
  const last = messages.findLast(message => message.direction === 'in')
  const customers = kase.conversations.filter(talk => talk.kind === 'customer')
  return kase.conversations.find(talk => talk.id === last?.conversationId) ?? customers[0] ?? kase.conversations[0]
}

/** To whom a reply goes: which conversation, who of those copied in, and who is added. */
export const useAddressing = (kase: Case, messages: readonly Message[], byMail: boolean) => {
  const [chosen, choose] = useState<number | null>(null)
  const [dropped, setDropped] = useState<ReadonlySet<number>>(new Set())
  const [added, setAdded] = useState<Added[]>([])
  const talk = kase.conversations.find(one => one.id === chosen) ?? usual(kase, messages)
  const people = talk?.participants ?? []
  const to = people.filter(part => part.part !== 'copied')
  const copied = people.filter(part => part.part === 'copied')
  const kept = copied.filter(part => !dropped.has(part.personId))
  const outsiders = [...to, ...kept].filter(part => !part.internal).length + added.length
  const wroteHere = messages.some(message => message.direction === 'out' && message.conversationId === talk?.id)
  const toggle = (personId: number) =>
    setDropped(before => {
      const next = new Set(before)
      if (!next.delete(personId)) next.add(personId)
      return next
    })
  const only = kase.conversations.filter(one => one.kind === 'customer')[0]?.id === talk?.id
  return {
    talk,
    conversations: kase.conversations,
    choose: (id: number) => {
      choose(id)
      setDropped(new Set())
      setAdded([])
    },
    to,
    copied,
    dropped,
    toggle,
    added,
    add: (address: string) => setAdded(before => [...before.filter(one => one.address !== address), { address }]),
    takeOff: (address: string) => setAdded(before => before.filter(one => one.address !== address)),
    /** People who are no colleagues of ours and will have this. */
    outsiders: byMail ? outsiders : 0,
    /** The same, where it is more than was written to so far. */
    newOutsiders: byMail && (!wroteHere || added.length > 0) ? outsiders : 0,
    clear: () => {
      setDropped(new Set())
      setAdded([])
    },
    /** What the server is told; nothing where all is as usual. */
    given: byMail
      ? {
          ...(only || !talk ? {} : { conversationId: talk.id }),
          ...(dropped.size > 0 ? { copiedIds: kept.map(part => part.personId) } : {}),
          ...(added.length > 0 ? { copyTo: added } : {}),
        }
      : {},
  }
}
export type Addressing = ReturnType<typeof useAddressing>
