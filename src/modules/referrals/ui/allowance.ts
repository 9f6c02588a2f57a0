import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import type { Saying } from '../../../shared/phrase.ts'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Allowance } from '../../authority/contract.ts'
import { allowanceSentence } from '../../authority/ui/index.ts'
import { type Form, referrals } from '../contract.ts'

const waitMs = 150

/** How far one may go in a case with what is being filled in, before it is done. */
export const useAllowance = (caseId: number, act: Form['act'], currency: string | undefined, amount: number) => {
  const [asked] = useDebouncedValue(amount, waitMs)
  const input = { id: caseId, act, amount: asked, ...(currency ? { currency } : {}) }
  const call = useCall(referrals.allowance, input, { placeholderData: keepPreviousData, staleTime: 0 })
  // While somebody types, the answer is about what they typed before.
  return {
    allowance: call.data,
    fresh: asked === amount && !call.isPlaceholderData && !call.isPending,
    problem: call.error,
  }
}

/** The allowance as a sentence in the language of the screen. */
export const useAllowanceSentence = (): ((allowance: Allowance) => string) => {
  const t = useSay() as Saying
  return allowance => allowanceSentence(allowance, t)
}
