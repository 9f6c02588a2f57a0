import { promiseKinds } from '../../promises/contract.ts'
import { referralReasons } from '../../referrals/contract.ts'

/** What the form offers to have done, in the order it is offered. */
export const actNames = ['change', 'reply', 'note', 'tell', 'promise', 'follow', 'hand_out', 'refer'] as const
export type ActName = (typeof actNames)[number]
export type Act = { do: string } & Record<string, unknown>

export const blankAct: Record<ActName, Act> = {
  change: { do: 'change', change: {} },
  reply: { do: 'reply', text: '' },
  note: { do: 'note', text: '' },
  tell: { do: 'tell', staffIds: [], text: '' },
  promise: { do: 'promise', kind: promiseKinds[0], title: '', withinMinutes: 480 },
  follow: { do: 'follow', staffId: 0 },
  hand_out: { do: 'hand_out' },
  refer: { do: 'refer', teamId: 0, reason: referralReasons[0], question: '' },
}

export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

export const isActName = (name: string): name is ActName => (actNames as readonly string[]).includes(name)
