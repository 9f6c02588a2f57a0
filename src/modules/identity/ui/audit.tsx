import { Select, Table } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useCall, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { atTime, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay, useSpoken } from '../../../ui/language/index.ts'
import { type AuditEntry, identity } from '../contract.ts'

const placeOf = ({ subjectKind, subjectId }: AuditEntry) =>
  subjectKind === 'case' ? `/cases/${subjectId}` : subjectKind === 'person' ? `/people/${subjectId}` : null

const Subject = ({ entry }: { entry: AuditEntry }) => {
  const place = placeOf(entry)
  useSay()
  const text = `${sayOr(`subject.${entry.subjectKind}`, entry.subjectKind.replaceAll('_', ' '))} ${entry.subjectId}`
  return place ? <Link to={place}>{text}</Link> : <span className="rp-dim">{text}</span>
}

/** What happened, newest first. */
export const Audit = () => {
  const t = useSay()
  const spoken = useSpoken(atTime)
  const [who, setWho] = useState<string | null>(null)
  const staff = useCall(identity.staff, {})
  const list = usePages(identity.audit, who ? { limit: 50, staffId: Number(who) } : { limit: 50 })
  return (
    <div className="rp-page">
      <PageHeader title={t('audit.title')} lead={t('audit.lead')}>
        <Select
          aria-label={t('audit.actor')}
          placeholder={t('audit.everybody')}
          data={staff.data?.items.map(member => ({ value: String(member.id), label: member.name })) ?? []}
          value={who}
          onChange={setWho}
          clearable
          searchable
          w={220}
        />
      </PageHeader>
      {list.isPending && <Loading rows={8} height={30} />}
      {list.isSuccess && list.items.length === 0 && <EmptyState title={t('audit.none')} text={t('audit.noneText')} />}
      {list.items.length > 0 && (
        <ScrollX label={t('audit.title')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('audit.when')}</Table.Th>
                <Table.Th scope="col">{t('audit.actor')}</Table.Th>
                <Table.Th scope="col">{t('audit.what')}</Table.Th>
                <Table.Th scope="col">{t('audit.about')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map(entry => (
                <Table.Tr key={entry.id}>
                  <Table.Td className="rp-nowrap rp-dim">
                    <TimeAgo at={entry.at} />
                  </Table.Td>
                  <Table.Td className="rp-nowrap">{entry.actor}</Table.Td>
                  <Table.Td title={entry.type}>{spoken(entry.said)}</Table.Td>
                  <Table.Td className="rp-nowrap">
                    <Subject entry={entry} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollX>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </div>
  )
}
