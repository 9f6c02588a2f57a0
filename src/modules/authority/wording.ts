import { money } from '../../shared/money.ts'
import type { Saying } from '../../shared/phrase.ts'
import type { Act, Allowance } from './contract.ts'
import { en } from './ui/en.ts'

/** What an act is called, for notes that the program writes. */
export const actName = (act: Act): string => en[`act.${act}`]

type Said = Omit<Allowance, 'sentence' | 'trail'>

const firstPart = ({ limit, upTo, by, used, currency, act }: Said, say: Saying, language: string): string => {
  const amount = (value: number | null) => money(value ?? 0, currency, language)
  if (!limit) return say(upTo === null ? 'allowance.open' : 'allowance.none', {})
  const whose = say(`allowance.from.${limit.source}`, { name: limit.sourceName })
  if (upTo === null) return say('allowance.everything', { whose })
  if (act === 'closing_complaint' && by === 'act' && upTo > 0) return say('allowance.closing', { whose })
  if (by === 'customer')
    return say('allowance.customer', {
      upTo: amount(upTo),
      used: amount(used.ofCustomer),
      most: amount(limit.perCustomer),
    })
  if (by === 'shift')
    return say('allowance.shift', { upTo: amount(upTo), used: amount(used.ofShift), most: amount(limit.perShift) })
  return upTo === 0 ? say('allowance.nothing', { whose }) : say('allowance.upTo', { upTo: amount(upTo), whose })
}

/** How far somebody may go and who decides beyond it, in one sentence: made by the same words on both sides. */
export const allowanceSentence = (allowance: Said, say: Saying, language = 'en-GB'): string => {
  const first = firstPart(allowance, say, language)
  if (allowance.upTo === null) return first
  const { decider } = allowance
  return `${first} ${decider ? say('allowance.beyond', { name: decider.name }) : say('allowance.nobody', {})}`
}
