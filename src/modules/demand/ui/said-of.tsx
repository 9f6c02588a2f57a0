import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { KindIcon, StatusBadge } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import type { CaseKind, Status } from '../../cases/contract.ts'
import { demand } from '../contract.ts'

/** What customers say of a product, in the cases one may see. */
export const SaidOf = ({ productId }: { productId: number }) => {
  const t = useSay()
  const said = useCall(demand.said, { id: productId, limit: 10 })
  const kinds = (said.data?.kinds ?? []).map(({ kind, count }) =>
    t('demand.kinds', { kind: sayOr(`kind.${kind}`, kind), count }),
  )
  return (
    <Section title={t('demand.said')} lead={kinds.join(' · ')}>
      {said.isPending && <Loading rows={3} />}
      {said.data?.items.length === 0 && <p className="rp-dim">{t('demand.saidNone')}</p>}
      {(said.data?.items.length ?? 0) > 0 && (
        <ul className="rp-list">
          {said.data?.items.map(one => (
            <li key={one.caseId}>
              <Link to={`/cases/${one.caseId}`} className="rp-row-link">
                <KindIcon kind={one.kind as CaseKind} />
                <span className="rp-grow">
                  <span style={{ fontWeight: 550 }}>{one.subject}</span>
                  <span className="rp-dim rp-small" style={{ display: 'block' }}>
                    {one.text}
                  </span>
                </span>
                <StatusBadge status={one.status as Status} />
                <span className="rp-dim rp-small">
                  <TimeAgo at={one.at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
