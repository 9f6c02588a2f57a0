import { useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../../cases/contract.ts'
import { demand } from '../contract.ts'

const stale = [demand.list, demand.register, cases.get, cases.timeline]

/** Notes that it could not be had, and says so. */
export const useNoting = () => {
  const t = useSay()
  return useAct(demand.note, {
    refresh: stale,
    done: noted => told(t('demand.noted', { name: noted.product.name }), `demand${noted.id}`),
  })
}

export const useChangeDemand = () => useAct(demand.change, { refresh: stale })
export const useTelling = () => useAct(demand.tellWhenBack, { refresh: stale })
export const useBringing = () => useAct(demand.bring, { refresh: [...stale, demand.transfers] })
