import { Button, Table } from '@mantine/core'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { Purchase, PurchaseLine } from '../contract.ts'

/** What of a line only stands there where any line has it: most purchases have no discount, and nothing came back. */
const optional = ['tax', 'discount', 'cameBack', 'paidBack'] as const
type Optional = (typeof optional)[number]
/** What can only be once it was delivered stands behind that. */
const after: ReadonlySet<Optional> = new Set(['cameBack', 'paidBack'])
const amountOf = {
  tax: (line: PurchaseLine) => line.taxMinor,
  discount: (line: PurchaseLine) => line.discountMinor,
  cameBack: (line: PurchaseLine) => line.returned,
  paidBack: (line: PurchaseLine) => line.refundedMinor,
}

const What = ({ line }: { line: PurchaseLine }) => {
  const t = useSay()
  const may = useMay()
  const about = [
    line.product?.number ?? line.sku,
    line.serial && t('purchases.serialOf', { serial: line.serial }),
    line.kind !== 'goods' && t(`purchases.kind.${line.kind}`),
    ...line.traits.map(trait => t(`purchases.trait.${trait}`)),
  ].filter(Boolean)
  return (
    <>
      {line.product && may('catalogue.read') ? (
        <Link to={`/catalogue/${line.product.id}`}>{line.name}</Link>
      ) : (
        <span>{line.name}</span>
      )}
      {about.length > 0 && <span className="rp-dim rp-small rp-purchase-about">{about.join(' · ')}</span>}
    </>
  )
}

const Came = ({ line, deliver }: { line: PurchaseLine; deliver: ((line: PurchaseLine) => void) | null }) => {
  const t = useSay()
  const { delivered, quantity, deliveredAt, name } = line
  return (
    <span className="rp-purchase-came">
      <span>
        {t('purchases.deliveredOf', { there: delivered, n: quantity })}
        {deliveredAt && (
          <time className="rp-dim rp-small rp-purchase-about" dateTime={deliveredAt}>
            {onDay(deliveredAt)}
          </time>
        )}
      </span>
      {deliver && (
        <Button
          size="compact-xs"
          {...(delivered < quantity ? { variant: 'default' } : { variant: 'subtle', color: 'gray' })}
          aria-label={t('purchases.deliveredChange', { name })}
          onClick={() => deliver(line)}
        >
          {t('action.change')}
        </Button>
      )}
    </span>
  )
}

type Props = { purchase: Purchase; gift: boolean; deliver: ((line: PurchaseLine) => void) | null }
type RowProps = Omit<Props, 'purchase'> & { line: PurchaseLine; currency: string; more: readonly Optional[] }

const Row = ({ line, currency, more, gift, deliver }: RowProps) => {
  const t = useSay()
  const said = (of: Optional) => {
    const amount = amountOf[of](line)
    return (
      <Table.Td key={of} data-label={t(`purchases.${of}`)} data-figure>
        {amount === 0 ? '–' : money(amount, of === 'cameBack' ? null : currency)}
      </Table.Td>
    )
  }
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <What line={line} />
      </Table.Th>
      <Table.Td data-label={t('purchases.quantity')} data-figure>
        {line.quantity}
      </Table.Td>
      {!gift && (
        <Table.Td data-label={t('purchases.paid')} data-figure>
          {money(line.paidMinor, currency)}
        </Table.Td>
      )}
      {more.filter(of => !after.has(of)).map(said)}
      <Table.Td data-label={t('purchases.delivered')}>
        <Came line={line} deliver={deliver} />
      </Table.Td>
      {more.filter(of => after.has(of)).map(said)}
    </Table.Tr>
  )
}

/** The lines of a purchase: a table, and on a telephone a card for each. */
export const PurchaseLines = ({ purchase, gift, deliver }: Props) => {
  const t = useSay()
  const { lines, currency } = purchase
  const more = optional.filter(of => (of === 'cameBack' || !gift) && lines.some(line => amountOf[of](line) > 0))
  const head = (column: Optional | 'quantity' | 'paid') => (
    <Table.Th key={column} scope="col" data-figure>
      {t(`purchases.${column}`)}
    </Table.Th>
  )
  return (
    <Table className="rp-purchase-table rp-purchase-lines">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('purchases.what')}</Table.Th>
          {head('quantity')}
          {!gift && head('paid')}
          {more.filter(of => !after.has(of)).map(head)}
          <Table.Th scope="col">{t('purchases.delivered')}</Table.Th>
          {more.filter(of => after.has(of)).map(head)}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(line => (
          <Row key={line.id} line={line} currency={currency} more={more} gift={gift} deliver={deliver} />
        ))}
      </Table.Tbody>
    </Table>
  )
}
