import { NativeSelect } from '@mantine/core'
import { Link } from 'react-router'
import { Label } from '../../../ui/kit/badges.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Holding, Plan } from '../contract-handing.ts'

export const keyOf = ({ kind, id }: { kind: string; id: number }) => `${kind} ${id}`

type HeldProps = {
  item: Holding
  colleagues: Plan['colleagues']
  to: string
  suggested: boolean
  setTo: (to: string) => void
}

/** One of the things somebody holds, with who takes it on and why. */
export const HeldLine = ({ item, colleagues, to, suggested, setTo }: HeldProps) => {
  const t = useSay()
  const able = item.kind === 'booking' ? colleagues.filter(one => one.hasDiary) : colleagues
  const why = item.toStaffId === null ? t('cover.nobody') : item.why.map(reason => t(`cover.why.${reason}`)).join(', ')
  return (
    <li className="rp-cover-line">
      <div className="rp-grow">
        <Label tone="plain">{t(`cover.what.${item.kind}`)}</Label>{' '}
        <Link to={`/cases/${item.caseId}`} dir="auto">
          {item.title}
        </Link>
        <div className="rp-dim rp-small">
          {item.person}
          {item.team && ` · ${item.team}`}
          {item.dueAt && (
            <>
              {' · '}
              <time dateTime={item.dueAt} data-late={item.late || undefined} className="rp-cover-due">
                {atTime(item.dueAt)}
              </time>
            </>
          )}
        </div>
      </div>
      <div className="rp-cover-to">
        <NativeSelect
          aria-label={t('cover.to', { title: item.title })}
          value={to}
          onChange={event => setTo(event.currentTarget.value)}
          data={[
            { value: '', label: t('cover.leave') },
            ...able.map(one => ({ value: String(one.id), label: t('cover.openOf', { name: one.name, n: one.open }) })),
          ]}
        />
        {suggested && <span className="rp-dim rp-small">{why}</span>}
      </div>
    </li>
  )
}

/** Where something is meanwhile, or why it could not be given. */
export const HandedLine = ({ one }: { one: Plan['handed'][number] }) => {
  const t = useSay()
  return (
    <li>
      <div className="rp-grow">
        <Label tone="plain">{t(`cover.what.${one.kind}`)}</Label>{' '}
        <Link to={`/cases/${one.caseId}`} dir="auto">
          {one.title}
        </Link>
      </div>
      <span className="rp-dim rp-small">
        {one.state === 'given'
          ? t('cover.handedTo', { name: one.to.name })
          : t('cover.notGiven', { reason: one.reason })}
      </span>
    </li>
  )
}
