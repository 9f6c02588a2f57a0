import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type PersonLine, people } from '../contract.ts'
import { AddPerson } from './add-person.tsx'

const Row = ({ person }: { person: PersonLine }) => {
  const t = useSay()
  return (
    <li>
      <Link to={`/people/${person.id}`} className="rp-row-link">
        <Avatar name={person.name} size={32} />
        <span className="rp-grow">
          <span className="rp-truncate" style={{ display: 'block', fontWeight: 550 }}>
            {person.name}
          </span>
          <span className="rp-dim rp-small rp-truncate" style={{ display: 'block' }}>
            {[person.contact, ...person.groups].filter(Boolean).join(' · ') || t('people.noContact')}
          </span>
        </span>
        {person.internal ? (
          <Label tone="info">{t('person.colleague')}</Label>
        ) : (
          person.typeName && <span className="rp-dim rp-small rp-people-type">{person.typeName}</span>
        )}
      </Link>
    </li>
  )
}

/** The register: found as one types, without a button. */
export const People = () => {
  const t = useSay()
  const may = useMay()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const [adding, add] = useDisclosure()
  const list = usePages(people.find, q ? { q, limit: 50 } : { limit: 50 }, { keep: true })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('people.title')} lead={t('people.lead')}>
        {may('person.edit') && (
          <>
            <Button variant="default" component={Link} to="/people/duplicates">
              {t('same.all')}
            </Button>
            <Button onClick={add.open}>{t('people.add')}</Button>
          </>
        )}
      </PageHeader>
      <TextInput
        aria-label={t('people.find')}
        placeholder={t('people.find')}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        mb={14}
        type="search"
      />
      <p className="rp-hidden" role="status">
        {list.isSuccess && t('people.found', { count: list.items.length })}
      </p>
      {list.isPending && <Loading rows={6} height={52} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState
          icon={<IconUsers size={34} stroke={1.2} />}
          title={t(q ? 'people.none' : 'people.empty')}
          text={t(q ? 'people.noneText' : 'people.emptyText')}
        />
      )}
      {list.items.length > 0 && (
        <ul className="rp-list">
          {list.items.map(person => (
            <Row key={person.id} person={person} />
          ))}
        </ul>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
      {adding && <AddPerson name={text} close={add.close} />}
    </div>
  )
}
