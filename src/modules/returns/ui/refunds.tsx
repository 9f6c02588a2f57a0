import './returns.css'
import { Button, SegmentedControl } from '@mantine/core'
import { IconCash, IconDownload } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import type { Output } from '../../../shared/contract.ts'
import { money } from '../../../shared/money.ts'
import { usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { returns } from '../contract.ts'
import { Paying } from './paying.tsx'

const tabs = ['to_pay', 'done', 'failed'] as const
type Owed = Output<typeof returns.refunds>['items'][number]

const Row = ({ one }: { one: Owed }) => {
  const t = useSay()
  const { person, returnId, tender, amountMinor, currency, state, payBy, doneAt, reference, late } = one
  const name = person?.name ?? t('returns.nobody')
  const when =
    state === 'done'
      ? doneAt && onDay(doneAt)
      : payBy && state === 'to_pay' && t('returns.byDay', { day: onDay(payBy) })
  return (
    <li className="rp-return-owed">
      <span className="rp-grow">
        <strong className="rp-number">{money(amountMinor, currency)}</strong> {name}{' '}
        {late && <Label tone="bad">{t('returns.refunds.late')}</Label>}
        <span className="rp-dim rp-small rp-return-about">
          {[t(`purchases.tender.${tender}`), when, reference].filter(Boolean).join(' · ')}
          {' · '}
          <Link to={`/returns/${returnId}`}>{t('returns.numbered', { id: returnId })}</Link>
        </span>
      </span>
      <Paying refund={one} currency={currency} name={name} />
    </li>
  )
}

/** Money that is still to go out, those due first, and what became of the rest. */
export const Refunds = () => {
  const t = useSay()
  const [params, setParams] = useSearchParams()
  const state = tabs.find(one => one === params.get('state')) ?? 'to_pay'
  const list = usePages(returns.refunds, { limit: 50, state }, { refetchOnMount: 'always' })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('returns.refunds')} lead={t('returns.refunds.lead')}>
        <Button
          component="a"
          href="/api/refunds/export"
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('returns.refunds.export')}
        </Button>
      </PageHeader>
      <SegmentedControl
        aria-label={t('returns.refunds.tabs')}
        value={state}
        onChange={value => setParams(value === 'to_pay' ? {} : { state: value }, { replace: true })}
        data={tabs.map(value => ({ value, label: t(`returns.refunds.${value}`) }))}
        className="rp-return-tabs"
      />
      <RecordList
        of={list}
        height={58}
        none={
          <EmptyState
            icon={<IconCash size={34} stroke={1.2} />}
            title={t(`returns.refunds.none.${state}`)}
            text={t(`returns.refunds.noneText.${state}`)}
          />
        }
      >
        {one => <Row key={one.id} one={one} />}
      </RecordList>
    </div>
  )
}
