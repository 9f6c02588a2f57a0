import { SegmentedControl } from '@mantine/core'
import { IconTruckDelivery } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useCall, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Delivery, deliveries, type Speed } from '../contract.ts'
import { BringIn } from './bring-in.tsx'

const useSpan = () => {
  const t = useSay()
  return (minutes: number | null): string => {
    if (minutes === null) return '–'
    if (minutes < 60) return t('time.minutes', { n: minutes })
    if (minutes < 2880) return t('time.hours', { n: Math.round(minutes / 60) })
    return t('deliveries.days', { n: Math.round(minutes / 144) / 10 })
  }
}

const Figures = ({ speed }: { speed: Speed }) => {
  const t = useSay()
  const span = useSpan()
  const { n, onTime } = speed
  const facts: [string, ReactNode][] = [
    [t('deliveries.n'), n],
    [t('deliveries.median'), span(speed.medianMinutes)],
    [t('deliveries.p90'), span(speed.p90Minutes)],
    [t('deliveries.onTime'), n ? t('deliveries.onTimeOf', { share: Math.round((onTime / n) * 100), onTime, n }) : '–'],
    [t('deliveries.lateBy'), span(speed.medianLateMinutes)],
    [t('deliveries.overdue'), speed.overdue],
  ]
  return (
    <Section title={t('deliveries.figures', { days: speed.days })}>
      <dl className="rp-facts rp-facts-wide">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

const Row = ({ one }: { one: Delivery }) => {
  const t = useSay()
  return (
    <li>
      <div className="rp-grow">
        <strong dir="auto">{one.what || one.externalId}</strong>{' '}
        <span className="rp-dim">{[one.reference, one.what && one.externalId].filter(Boolean).join(' · ')}</span>
        <div className="rp-dim rp-small">
          {t('deliveries.promised', { when: atTime(one.promisedAt) })}
          {one.deliveredAt && ` · ${t('deliveries.came.at', { when: atTime(one.deliveredAt) })}`}
          {one.caseId && (
            <>
              {' · '}
              <Link to={`/cases/${one.caseId}`}>#{one.caseId}</Link>
            </>
          )}
        </div>
      </div>
      {one.late && <Label tone="bad">{t('deliveries.late')}</Label>}
    </li>
  )
}

const states = ['open', 'delivered'] as const

/** What is to be delivered and what came, with how fast. */
export const Deliveries = () => {
  const t = useSay()
  const may = useMay()('case.handle')
  const [state, setState] = useState<(typeof states)[number]>('open')
  const speed = useCall(deliveries.speed, {})
  const list = usePages(deliveries.deliveries, { state }, { keep: true })
  return (
    <div className="rp-page">
      <PageHeader title={t('deliveries.title')} lead={t('deliveries.lead')} />
      <ProblemNote problem={speed.error} />
      {speed.data && <Figures speed={speed.data} />}
      <Section title={t('deliveries.list')}>
        <SegmentedControl
          aria-label={t('deliveries.state')}
          data={states.map(value => ({ value, label: t(value === 'open' ? 'deliveries.open' : 'deliveries.came') }))}
          value={state}
          onChange={setState}
          mb={10}
        />
        <RecordList
          of={list}
          none={
            <EmptyState
              icon={<IconTruckDelivery size={34} stroke={1.2} />}
              title={t(`deliveries.none.${state}`)}
              text={t('deliveries.noneText')}
            />
          }
        >
          {one => <Row key={one.id} one={one} />}
        </RecordList>
      </Section>
      {may && <BringIn />}
    </div>
  )
}
