import { type Approach, approachKinds } from '../../../shared/approach.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useApproach } from './approach-words.ts'

/** All times that were said, on a card. */
export const ApproachTimes = ({ approach }: { approach: readonly Approach[] }) => {
  const t = useSay()
  const { listOf } = useApproach()
  return (
    <dl className="rp-facts">
      {approachKinds.map(kind => {
        const times = listOf(approach, kind)
        return (
          times && (
            <div key={kind}>
              <dt>{t(`approach.kind.${kind}`)}</dt>
              <dd>{times}</dd>
            </div>
          )
        )
      })}
    </dl>
  )
}
