import { Table } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { z } from 'zod'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { inNumbers, onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { channels, type MailDay } from '../contract.ts'

const parts = ['received', 'becameCases', 'quarantined', 'discarded', 'waiting'] as const
const adds = (day: z.infer<typeof MailDay>) =>
  day.received === day.becameCases + day.quarantined + day.discarded + day.waiting

/** The daily account: received equals the sum of what became of it. */
export const Days = () => {
  const t = useSay()
  const days = useCall(channels.reconciliation, {})
  if (!days.data) return <Loading />
  if (days.data.items.length === 0) return <EmptyState title={t('mail.none')} text={t('mail.noneText')} />
  return (
    <>
      <p className="rp-dim">{t('mail.daysText')}</p>
      <ScrollX label={t('mail.days')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('mail.day')}</Table.Th>
              {parts.map(part => (
                <Table.Th key={part} scope="col" ta="right">
                  {t(`mail.${part}`)}
                </Table.Th>
              ))}
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="rp-number">
            {days.data.items.map(day => (
              <Table.Tr key={day.day}>
                <Table.Th scope="row" fw={450}>
                  {onDay(day.day)}
                </Table.Th>
                {parts.map(part => (
                  <Table.Td key={part} ta="right">
                    {inNumbers(day[part])}
                  </Table.Td>
                ))}
                <Table.Td>{!adds(day) && <IconAlertTriangle size={16} aria-label={t('mail.unaccounted')} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
    </>
  )
}
