import { Table } from '@mantine/core'
import type { Output } from '../../../shared/contract.ts'
import { money } from '../../../shared/money.ts'
import { usePages } from '../../../ui/call.ts'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { type PurchaseImport, purchaseImports } from '../contract.ts'

const columns = ['number', 'what', 'amount', 'column', 'problem'] as const
type Column = (typeof columns)[number]
type Told = Output<typeof purchaseImports.importRows>['items'][number]

/** Rows that could not be read have no amount; those that came back without their purchase have one. */
const shownFor = (rows: readonly Told[]) =>
  columns.filter(one => one !== 'amount' || rows.some(row => row.paidMinor > 0))

const cellOf = (row: Told, column: Column, currency: string): string => {
  if (column === 'amount') return row.paidMinor > 0 ? money(row.paidMinor, currency) : ''
  if (column === 'column') return row.field && sayOr(`purchaseImport.column.${row.field}`, row.field)
  return { number: row.number, what: row.name, problem: row.message }[column]
}

/** Rows that are left out, each with why, so that they can be mended in the file. */
export const ImportRows = ({ one }: { one: PurchaseImport }) => {
  const t = useSay()
  const rows = usePages(purchaseImports.importRows, { id: one.id, limit: 50 })
  if (rows.isPending) return <Loading rows={3} />
  if (rows.isSuccess && rows.items.length === 0) return <p className="rp-dim">{t('purchaseImport.wrongNone')}</p>
  const shown = shownFor(rows.items)
  return (
    <Section title={t('purchaseImport.wrong')}>
      <ProblemNote problem={rows.error} />
      <Table className="rp-purchase-table">
        <Table.Thead>
          <Table.Tr>
            {(['line', ...shown] as const).map(column => (
              <Table.Th key={column} scope="col">
                {t(`purchaseImport.head.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.items.map(row => (
            <Table.Tr key={row.line}>
              <Table.Th scope="row" data-label={t('purchaseImport.head.line')}>
                {row.line}
              </Table.Th>
              {shown.map(column => (
                <Table.Td key={column} data-label={t(`purchaseImport.head.${column}`)}>
                  {cellOf(row, column, one.currency)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <LoadMore hasMore={rows.hasNextPage} loading={rows.isFetchingNextPage} more={() => void rows.fetchNextPage()} />
    </Section>
  )
}
