import './purchases.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { type Purchase, type PurchaseLine, purchases } from '../contract.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import { DeliverDialog } from './deliver-dialog.tsx'
import { OwnerDialog } from './owner-dialog.tsx'
import { PurchaseFacts } from './purchase-facts.tsx'
import { PurchaseLines } from './purchase-lines.tsx'
import { PurchaseSums } from './purchase-sums.tsx'
import { StateLabel, stateOf } from './state-label.tsx'

type Open = 'correct' | 'owner' | 'all' | PurchaseLine | null

const Actions = ({ purchase, gift, open }: { purchase: Purchase; gift: boolean; open: (what: Open) => void }) => {
  const t = useSay()
  const waits = purchase.lines.some(line => line.delivered < line.quantity)
  if (!useMay()('purchase.record')) return null
  return (
    <>
      {!gift && (
        <>
          <Button variant="default" onClick={() => open('correct')}>
            {t('purchases.correct')}
          </Button>
          <Button variant="default" onClick={() => open('owner')}>
            {t('purchases.whose')}
          </Button>
        </>
      )}
      {waits && <Button onClick={() => open('all')}>{t('purchases.allDelivered')}</Button>}
    </>
  )
}

const Dialogs = ({ purchase, opened, close }: { purchase: Purchase; opened: Open; close: () => void }) => {
  if (opened === null) return null
  if (opened === 'correct') return <CorrectDialog purchase={purchase} close={close} />
  if (opened === 'owner') return <OwnerDialog purchase={purchase} close={close} />
  return <DeliverDialog purchase={purchase} line={opened === 'all' ? null : opened} close={close} />
}

/** What a gift receipt does not tell its bearer stays off the screen, which they may see across the counter. */
const GiftNote = ({ show }: { show: () => void }) => {
  const t = useSay()
  return (
    <Notice tone="note">
      <div className="rp-purchase-gift">
        <p>{t('purchases.giftHidden')}</p>
        <Button size="compact-sm" variant="default" onClick={show}>
          {t('purchases.giftShow')}
        </Button>
      </div>
    </Notice>
  )
}

const Shown = ({ purchase }: { purchase: Purchase }) => {
  const t = useSay()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const [opened, open] = useState<Open>(null)
  const gift = params.get('gift') === '1'
  return (
    <div className="rp-page">
      <PageHeader
        title={t('purchases.numbered', { number: purchase.number })}
        lead={<StateLabel state={stateOf(purchase)} />}
      >
        <Actions purchase={purchase} gift={gift} open={open} />
      </PageHeader>
      <div className="rp-stack" style={{ gap: 24 }}>
        {gift && <GiftNote show={() => setParams({}, { replace: true })} />}
        <PurchaseFacts purchase={purchase} gift={gift} />
        <Section title={t('purchases.lines')}>
          <PurchaseLines purchase={purchase} gift={gift} deliver={may('purchase.record') ? open : null} />
        </Section>
        {!gift && <PurchaseSums purchase={purchase} />}
      </div>
      <Dialogs purchase={purchase} opened={opened} close={() => open(null)} />
    </div>
  )
}

/** One purchase: whose it is, what was bought, what came of it and how it was paid. */
export const PurchasePage = () => {
  const t = useSay()
  const { id = '' } = useParams()
  const number = /^\d+$/.test(id) ? Number(id) : null
  const purchase = useCall(purchases.get, { id: number ?? 0 }, { enabled: number !== null })
  if (number === null) return <NotFound />
  if (purchase.data) return <Shown purchase={purchase.data} />
  if (purchase.error)
    return (
      <>
        <PageHeader title={t('purchases.unavailable')} hidden />
        <EmptyState title={t('purchases.unavailable')} text={sentenceOf(purchase.error)} />
      </>
    )
  return <Loading rows={6} />
}
