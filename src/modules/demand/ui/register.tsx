import { NativeSelect, Switch, Table, TextInput } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { families } from '../../catalogue/contract.ts'
import { type Deficiency, demand } from '../contract.ts'
import { ReviewButton } from './review-button.tsx'
import { Transfers } from './transfers.tsx'

const Row = ({ one }: { one: Deficiency }) => {
  const t = useSay()
  return (
    <Table.Tr>
      <Table.Th scope="row" style={{ textAlign: 'start' }}>
        <Link to={`/catalogue/${one.product.id}`}>{one.product.name}</Link>
        <div className="rp-dim rp-small">
          {[one.product.number, one.familyName, one.responsible && t('demand.responsible', { name: one.responsible })]
            .filter(Boolean)
            .join(' · ')}
        </div>
        <div className="rp-dim rp-small">
          {one.reasons.map(({ reason, count }) => `${t(`demand.reason.${reason}`)} ${count}`).join(' · ')}
        </div>
        {one.review && (
          <div className="rp-small">
            {t('demand.lastReview', { outcome: t(`demand.review.${one.review.outcome}`), words: one.review.words })}{' '}
            {one.askedSinceReview && <Label tone="note">{t('demand.askedSince')}</Label>}
          </div>
        )}
      </Table.Th>
      <Table.Td>{one.asked}</Table.Td>
      <Table.Td>{one.customers}</Table.Td>
      <Table.Td className="rp-nowrap">{money(one.lostMinor, one.currency, navigator.language)}</Table.Td>
      <Table.Td>{one.offered}</Table.Td>
      <Table.Td>
        {one.accepted}
        <div className="rp-dim rp-small">
          {one.acceptedInstead.map(({ name, count }) => (
            <div key={name}>
              {name} <span className="rp-number">{count}</span>
            </div>
          ))}
        </div>
      </Table.Td>
      <Table.Td>{one.waiting}</Table.Td>
      <Table.Td>
        <ReviewButton product={one.product} />
      </Table.Td>
    </Table.Tr>
  )
}

const heads = ['asked', 'customers', 'lost', 'offered', 'instead', 'waiting'] as const

/** What could not be supplied, by product, for whoever buys or plans. */
export const Register = () => {
  const t = useSay()
  const all = useCall(families.families, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  const [familyId, setFamilyId] = useState('')
  const [span, setSpan] = useState({ since: '', until: '' })
  const [open, setOpen] = useState(false)
  const list = usePages(demand.register, {
    limit: 50,
    ...(familyId ? { familyId: Number(familyId) } : {}),
    ...(span.since ? { since: span.since } : {}),
    ...(span.until ? { until: span.until } : {}),
    ...(open ? { open: 'true' as const } : {}),
  })
  return (
    <div className="rp-page">
      <PageHeader title={t('demand.title')} lead={t('demand.lead')} />
      <div className="rp-columns" style={{ marginBottom: 14, alignItems: 'end' }}>
        <NativeSelect
          label={t('demand.family')}
          data={[
            { value: '', label: t('catalogue.any') },
            ...all.map(one => ({ value: String(one.id), label: one.name })),
          ]}
          value={familyId}
          onChange={event => setFamilyId(event.currentTarget.value)}
        />
        {(['since', 'until'] as const).map(end => (
          <TextInput
            key={end}
            type="date"
            label={t(`demand.${end}`)}
            value={span[end]}
            onChange={event => setSpan({ ...span, [end]: event.currentTarget.value })}
          />
        ))}
        <Switch label={t('demand.open')} checked={open} onChange={event => setOpen(event.currentTarget.checked)} />
      </div>
      <ProblemNote problem={list.error} />
      {list.isPending && <Loading rows={5} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState
          icon={<IconMoodSmile size={34} stroke={1.2} />}
          title={t('demand.none')}
          text={t('demand.noneText')}
        />
      )}
      {list.items.length > 0 && (
        <ScrollX label={t('demand.title')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('demand.product')}</Table.Th>
                {heads.map(head => (
                  <Table.Th key={head} scope="col">
                    {t(`demand.${head}`)}
                  </Table.Th>
                ))}
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map(one => (
                <Row key={one.product.id} one={one} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollX>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
      <Transfers />
    </div>
  )
}
