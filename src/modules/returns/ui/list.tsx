import './returns.css'
import { Button, SegmentedControl } from '@mantine/core'
import { IconPackageImport } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { returns } from '../contract.ts'
import { ReturnRow } from './return-row.tsx'

const tabs = ['all', 'goods', 'approval'] as const
const labels = { all: 'words.all', goods: 'returns.goods', approval: 'returns.awaiting' } as const
const none = {
  all: ['returns.none', 'returns.noneText'],
  goods: ['returns.noneGoods', 'returns.noneGoodsText'],
  approval: ['returns.noneApproval', 'returns.noneApprovalText'],
} as const

/** What came back: all of it, what somebody has to look after, and what waits for a decision. */
export const Returns = () => {
  const t = useSay()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const show = tabs.find(one => one === params.get('show')) ?? 'all'
  const list = usePages(returns.list, { limit: 50, show }, { keep: true, refetchOnMount: 'always' })
  const [title, text] = none[show]
  return (
    <div className="rp-page">
      <PageHeader title={t('returns.title')} lead={t('returns.lead')}>
        {may('return.pay') && (
          <Button variant="default" component={Link} to="/returns/refunds">
            {t('returns.refunds')}
          </Button>
        )}
        <Button component={Link} to="/returns/desk">
          {t('returns.open')}
        </Button>
      </PageHeader>
      <SegmentedControl
        aria-label={t('returns.tabs')}
        value={show}
        onChange={value => setParams(value === 'all' ? {} : { show: value }, { replace: true })}
        data={tabs.map(value => ({ value, label: t(labels[value]) }))}
        className="rp-return-tabs"
      />
      <RecordList
        of={list}
        height={58}
        none={<EmptyState icon={<IconPackageImport size={34} stroke={1.2} />} title={t(title)} text={t(text)} />}
      >
        {one => <ReturnRow key={one.id} one={one} />}
      </RecordList>
    </div>
  )
}
