import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Case, Met } from '../contract.ts'

/** How one knows whether the need was met: they said so, they are asked by mail, or nobody asked. */
export type Check = Met | 'ask' | 'skip'

/** What the server is told. */
export const metOf = (check: Check): { askIfMet?: true; needMet?: Met } =>
  check === 'ask' ? { askIfMet: true } : check === 'skip' ? {} : { needMet: check }

/** The closing check: what the customer said counts, a guess of ours does not. Asked by mail where there is an address. */
export const useMet = (kase: Case, byMail = true) => {
  const t = useSay()
  const reachable = kase.person.identities.some(identity => identity.kind === 'email' && !identity.undeliverable)
  const [picked, setPicked] = useState<Check | null>(null)
  const all: Check[] = ['yes', 'partly', 'no', ...(reachable ? (['ask'] as const) : []), 'skip']
  return {
    check: picked ?? (reachable && byMail ? 'ask' : 'skip'),
    setCheck: setPicked,
    choices: all.map(value => ({ value, label: t(`solve.${value}`) })),
  }
}
