import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Output } from '../../../shared/contract.ts'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { mergingPeople } from '../contract-merging.ts'
import { useMergePeople } from './same.tsx'

type Pair = Output<typeof mergingPeople.allDuplicates>['items'][number]

const Row = ({ pair: { one, other, likeness } }: { pair: Pair }) => {
  const t = useSay()
  const { merge, apart, busy } = useMergePeople()
  return (
    <li>
      <div className="rp-grow">
        {[one, other].map(person => (
          <div key={person.id}>
            <Link to={`/people/${person.id}`} style={{ display: 'inline-block', minHeight: 24 }}>
              {person.name}
            </Link>{' '}
            <span className="rp-dim rp-small">{[person.contact, ...person.groups].filter(Boolean).join(' · ')}</span>
          </div>
        ))}
        <div className="rp-dim rp-small">{t(`same.${likeness}`)}</div>
      </div>
      <span className="rp-actions">
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          aria-label={`${t('same.apart')}: ${one.name}, ${other.name}`}
          onClick={() => apart(one.id, other.id)}
        >
          {t('same.apart')}
        </Button>
        <Button size="compact-sm" disabled={busy} onClick={() => merge(one.id, other.id, other.name)}>
          {t('same.keep', { name: one.name })}
        </Button>
      </span>
    </li>
  )
}

/** Pairs of records that look alike, to be merged or kept apart. */
export const Duplicates = () => {
  const t = useSay()
  const list = useCall(mergingPeople.allDuplicates, {})
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('same.allTitle')} lead={t('same.allLead')} />
      <RecordList
        of={{ ...list, items: list.data?.items }}
        height={72}
        none={
          <EmptyState icon={<IconUsers size={34} stroke={1.2} />} title={t('same.none')} text={t('same.noneText')} />
        }
      >
        {pair => <Row key={`${pair.one.id}-${pair.other.id}`} pair={pair} />}
      </RecordList>
    </div>
  )
}
