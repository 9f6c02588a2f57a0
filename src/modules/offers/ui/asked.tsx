import { usePages } from '../../../ui/call.ts'
import { atTime, useMinute } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type OfferRequest, offers } from '../contract.ts'

/** What I asked for by an offer, by the number of its case. */
export const useAsked = (): ((caseId: number) => OfferRequest | undefined) => {
  const { items } = usePages(offers.requests, { whose: 'mine', limit: 200 }, { refetchOnMount: 'always' })
  return caseId => items.find(one => one.case?.id === caseId)
}

/** By when it was promised, or how that ended. */
export const PromisedIn = ({ asked }: { asked: OfferRequest | undefined }) => {
  const t = useSay()
  const now = useMinute()
  if (!asked) return null
  if (asked.can.includes('say_met')) return <strong>· {t('offer.met')}</strong>
  if (asked.outcome === 'kept') return <>· {t('offer.kept')}</>
  if (asked.outcome === 'late') return <>· {t('offer.keptLate')}</>
  if (asked.outcome || !asked.dueAt) return null
  const when = atTime(asked.dueAt)
  return <>· {t(Date.parse(asked.dueAt) < now ? 'offer.late' : 'offer.due', { when })}</>
}
