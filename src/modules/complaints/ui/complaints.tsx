import { SegmentedControl } from '@mantine/core'
import { IconMessageReport } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { complaints, type Row } from '../contract.ts'
import { dayOf } from './days.ts'

const states = ['open', 'closed'] as const

const Line = ({ row }: { row: Row }) => {
  const t = useSay()
  return (
    <li>
      <div className="rp-grow">
        <Link to={`/cases/${row.caseId}`} dir="auto">
          <strong>{row.subject}</strong>
        </Link>{' '}
        <span className="rp-dim" dir="auto">
          {row.person.name}
        </span>
        <div className="rp-dim rp-small">
          {[
            row.regime,
            t('complaint.stageShort', { stage: row.stage }),
            t('complaint.received', { day: dayOf(row.receivedOn) }),
            row.next && t('complaint.nextBy', { day: dayOf(row.next.lastDay) }),
            row.decision && t(`complaint.decision.${row.decision}`),
            row.closedAs && t(`complaint.as.${row.closedAs}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      {row.safety && <Label tone="bad">{t('complaint.safety')}</Label>}
      {row.late && <Label tone="bad">{t('complaint.late')}</Label>}
    </li>
  )
}

/** Complaints that are open, by what is due next, and those that are closed. */
export const Complaints = () => {
  const t = useSay()
  const [state, setState] = useState<(typeof states)[number]>('open')
  const list = usePages(complaints.list, { state }, { keep: true })
  return (
    <div className="rp-page">
      <PageHeader title={t('complaint.all')} lead={t('complaint.lead')} />
      <SegmentedControl
        aria-label={t('complaint.which')}
        data={states.map(value => ({ value, label: t(`complaint.state.${value}`) }))}
        value={state}
        onChange={setState}
        mb={12}
      />
      <RecordList
        of={list}
        none={
          <EmptyState
            icon={<IconMessageReport size={34} stroke={1.2} />}
            title={t(`complaint.none.${state}`)}
            text={t('complaint.noneText')}
          />
        }
      >
        {row => <Line key={row.id} row={row} />}
      </RecordList>
    </div>
  )
}
