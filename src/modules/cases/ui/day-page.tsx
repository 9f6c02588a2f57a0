import './day.css'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { KindIcon } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime, TimeAgo, TimeSince } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Day, day } from '../contract-day.ts'
import { FirstSteps } from './first-steps.tsx'

const Figure = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="rp-figure">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const Figures = ({ of }: { of: Day }) => {
  const t = useSay()
  return (
    <dl className="rp-figures">
      <Figure label={t('day.waiting')}>{of.mine.waiting}</Figure>
      {of.mine.oldestWaiting && (
        <Figure label={t('day.oldest')}>
          <TimeSince at={of.mine.oldestWaiting} />
        </Figure>
      )}
      <Figure label={t('day.open')}>{of.mine.open}</Figure>
      <Figure label={t('day.replies')}>{of.repliesToday}</Figure>
      <Figure label={t('day.solved')}>{of.solvedToday}</Figure>
    </dl>
  )
}

const Cases = ({ of, when }: { of: Day['next']; when: (at: string) => ReactNode }) => (
  <ul className="rp-list">
    {of.map(kase => (
      <li key={kase.id}>
        <Link to={`/cases/${kase.id}`} className="rp-row-link">
          <KindIcon kind={kase.kind} size={16} />
          <span className="rp-grow rp-truncate">
            {kase.subject} <span className="rp-dim">{kase.requester}</span>
          </span>
          <span className="rp-dim rp-small">{kase.at && when(kase.at)}</span>
        </Link>
      </li>
    ))}
  </ul>
)

/** Below this many answers a share would say more than is known. */
const enough = 10

const WasMet = ({ of: { met } }: { of: Day }) => {
  const t = useSay()
  const n = met.yes + met.partly + met.no
  if (n === 0) return <p className="rp-dim">{t('day.metNone')}</p>
  return (
    <>
      <dl className="rp-figures">
        <Figure label={t('day.metYes')}>{met.yes}</Figure>
        <Figure label={t('day.metPartly')}>{met.partly}</Figure>
        <Figure label={t('day.metNo')}>{met.no}</Figure>
      </dl>
      {n < enough && <p className="rp-dim rp-small">{t('day.metFew')}</p>}
    </>
  )
}

const Praise = ({ of }: { of: Day['praise'] }) => {
  const t = useSay()
  if (of.length === 0) return null
  return (
    <Section title={t('day.praise')}>
      {of.map(one => (
        <blockquote key={one.caseId} className="rp-praise">
          <p dir="auto">{one.remark}</p>
          <Link to={`/cases/${one.caseId}`} className="rp-small">
            #{one.caseId}
          </Link>{' '}
          <span className="rp-dim rp-small">
            <TimeAgo at={one.at} />
          </span>
        </blockquote>
      ))}
    </Section>
  )
}

/** What one begins the day with. */
export const DayPage = () => {
  const t = useSay()
  const may = useMay()
  const read = useCall(day.day, {}, { refetchOnMount: 'always' })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('day.title')} lead={t('day.lead')}>
        {may('case.assign') && (
          <Button component={Link} to="/cover/shift" variant="default">
            {t('cover.shift')}
          </Button>
        )}
      </PageHeader>
      <ProblemNote problem={read.error} />
      {read.isPending && <Loading rows={5} />}
      {read.data && (
        <>
          <FirstSteps steps={read.data.firstSteps} />
          <Figures of={read.data} />
          <Section title={t('day.next')}>
            {read.data.next.length === 0 ? (
              <p className="rp-dim">{t('day.nextNone')}</p>
            ) : (
              <Cases of={read.data.next} when={at => <TimeSince at={at} />} />
            )}
          </Section>
          {read.data.wakingToday.length > 0 && (
            <Section title={t('day.waking')}>
              <Cases of={read.data.wakingToday} when={atTime} />
            </Section>
          )}
          <Section title={t('day.met')} lead={t('day.metLead')}>
            <WasMet of={read.data} />
          </Section>
          <Praise of={read.data.praise} />
        </>
      )}
    </div>
  )
}
