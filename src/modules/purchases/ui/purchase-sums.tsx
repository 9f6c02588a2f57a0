import { money } from '../../../shared/money.ts'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Purchase } from '../contract.ts'

type Sum = { label: string; minor: number; note?: string | false; whole?: boolean }

const Sums = ({ sums, currency }: { sums: Sum[]; currency: string }) => (
  <dl className="rp-purchase-sums">
    {sums.map(({ label, minor, note, whole }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: sums have no name of their own, and never move
      <div key={index} data-whole={whole}>
        <dt>
          {label}
          {note && <span className="rp-dim rp-small rp-purchase-about">{note}</span>}
        </dt>
        <dd>{money(minor, currency)}</dd>
      </div>
    ))}
  </dl>
)

const usePaid = ({ payments, currency }: Purchase): Sum[] => {
  const t = useSay()
  return payments.map(({ tender, amountMinor, reference, refundedMinor }) => {
    const notes = [
      reference && t('purchases.reference', { reference }),
      refundedMinor > 0 && t('purchases.partBack', { amount: money(refundedMinor, currency) }),
    ]
    return { label: t(`purchases.tender.${tender}`), minor: amountMinor, note: notes.filter(Boolean).join(' · ') }
  })
}

const useOwed = (purchase: Purchase): Sum[] => {
  const t = useSay()
  const { lines, carriageMinor, carriageExtraMinor, carriageRefundedMinor, totalMinor, refundedMinor } = purchase
  const goods = lines.reduce((sum, line) => sum + line.paidMinor, 0)
  const back = money(carriageRefundedMinor, purchase.currency)
  const note = carriageRefundedMinor > 0 && t('purchases.partBack', { amount: back })
  const carried = [
    { label: t('purchases.carriage'), minor: carriageMinor, note },
    { label: t('purchases.carriageExtra'), minor: carriageExtraMinor },
  ].filter(one => one.minor > 0)
  return [
    ...(carried.length > 0 ? [{ label: t('purchases.linesTotal'), minor: goods }, ...carried] : []),
    { label: t('purchases.total'), minor: totalMinor, whole: true },
    ...(refundedMinor > 0 ? [{ label: t('purchases.paidBack'), minor: refundedMinor }] : []),
  ]
}

/** What it came to, and how that was paid. */
export const PurchaseSums = ({ purchase }: { purchase: Purchase }) => {
  const t = useSay()
  const [owed, paid] = [useOwed(purchase), usePaid(purchase)]
  return (
    <div className="rp-purchase-money">
      <Section title={t('purchases.sums')}>
        <Sums sums={owed} currency={purchase.currency} />
      </Section>
      <Section title={t('purchases.payments')}>
        {paid.length > 0 ? (
          <Sums sums={paid} currency={purchase.currency} />
        ) : (
          <p className="rp-dim">{t('purchases.paymentsNone')}</p>
        )}
      </Section>
    </div>
  )
}
