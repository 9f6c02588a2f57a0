import { IconEye, IconPencil } from '@tabler/icons-react'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { day } from '../contract-day.ts'

const everyMs = 15_000

/** Keeps who is where fresh; once for a list, whose rows only look. */
export const useWhere = () => useCall(day.whoIsWhere, {}, { refetchInterval: everyMs, staleTime: everyMs })

/** Who of the colleagues has this case open: seen before one opens it too. */
export const Here = ({ caseId }: { caseId: number }) => {
  const t = useSay()
  const { data } = useCall(day.whoIsWhere, {}, { staleTime: Number.POSITIVE_INFINITY })
  const here = data?.items.filter(one => one.caseId === caseId) ?? []
  if (here.length === 0) return null
  const names = t('queue.here', { names: here.map(one => one.name).join(', ') })
  const Icon = here.some(one => one.doing === 'writing') ? IconPencil : IconEye
  return (
    <span className="rp-row-here" title={names}>
      <Icon size={14} stroke={1.8} aria-hidden />
      <span className="rp-hidden">{names}</span>
    </span>
  )
}
