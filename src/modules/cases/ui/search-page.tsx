import './search.css'
import { CloseButton, SegmentedControl, Select } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type ResultType, resultTypes, type SearchPart } from '../contract-search.ts'
import { SearchBox } from './search-box.tsx'
import { GroupInShort, InPlace, useResults, WholeGroup } from './search-results.tsx'

const without = (parts: readonly SearchPart[], at: number): string =>
  parts
    .filter((_, index) => index !== at)
    .map(part => part.text)
    .join(' ')

/** Every part of the query by itself, to be taken away one by one. */
const Parts = ({ parts, search }: { parts: readonly SearchPart[]; search: (q: string) => void }) => {
  const t = useSay()
  if (parts.every(part => part.kind === 'text')) return null
  return (
    <ul className="rp-parts" aria-label={t('search.parts')}>
      {parts.map((part, index) => (
        <li key={`${part.text}${parts.indexOf(part)}`} className="rp-part" data-kind={part.kind}>
          <span className="rp-truncate">{part.text}</span>
          <CloseButton
            size="xs"
            aria-label={t('search.partGone', { text: part.text })}
            onClick={() => search(without(parts, index))}
          />
        </li>
      ))}
    </ul>
  )
}

const orders = {
  updated: 'search.order.updated',
  'updated sort:asc': 'search.order.updatedAsc',
  created: 'search.order.created',
  'created sort:asc': 'search.order.createdAsc',
} as const

/** Filters whose value there is not: nothing can be found by them, whatever else is typed. */
const Unknown = ({ parts }: { parts: readonly SearchPart[] }) => {
  const t = useSay()
  const unknown = parts.filter(part => part.unknown)
  return (
    <div role="status">
      {unknown.map(({ text, field, value }) => (
        <p key={text} className="rp-small rp-search-unknown">
          {t('search.unknown', { field: field ?? '', value: value ?? '' })}
        </p>
      ))}
    </div>
  )
}

/** The order is a part of what is written, so that a link to a search keeps it. */
const Ordering = ({ parts, search }: { parts: readonly SearchPart[]; search: (q: string) => void }) => {
  const t = useSay()
  const sorts = parts.filter(part => part.kind === 'sort').map(part => part.value ?? '')
  const field = sorts.find(sort => sort in orders) ?? 'updated'
  const value = sorts.includes('asc') ? `${field} sort:asc` : field
  const rest = parts.filter(part => part.kind !== 'sort').map(part => part.text)
  return (
    <Select
      size="xs"
      w={190}
      aria-label={t('search.order')}
      data={Object.entries(orders).map(([key, label]) => ({ value: key, label: t(label) }))}
      value={value in orders ? value : 'updated'}
      onChange={next => next && search([...rest, ...(next === 'updated' ? [] : [`order_by:${next}`])].join(' '))}
      allowDeselect={false}
    />
  )
}

/** Everything that one may see and that fits, by kind. The query is part of the address. */
export const SearchPage = () => {
  const t = useSay()
  const [params, setParams] = useSearchParams()
  const q = (params.get('q') ?? '').trim().slice(0, 500)
  const chosen = resultTypes.find(type => type === params.get('type')) ?? null
  const set = (next: { q?: string; type?: ResultType | null }) => {
    const [words, type] = [next.q ?? q, next.type === undefined ? chosen : next.type]
    setParams({ ...(words ? { q: words } : {}), ...(type ? { type } : {}) })
  }
  const results = {
    case: useResults(q, 'case', chosen === 'case'),
    article: useResults(q, 'article', chosen === 'article'),
    file: useResults(q, 'file', chosen === 'file'),
    person: useResults(q, 'person', chosen === 'person'),
    organisation: useResults(q, 'organisation', chosen === 'organisation'),
  }
  const shown = chosen ? [chosen] : resultTypes
  const parts = (results.case.data?.pages[0] as { parts?: SearchPart[] } | undefined)?.parts ?? []
  return (
    <div className="rp-page rp-search">
      <PageHeader title={t('search.title')} />
      <search>
        <SearchBox q={q} search={words => set({ q: words })} />
      </search>
      {q === '' ? (
        <EmptyState
          icon={<IconSearch size={34} stroke={1.2} />}
          title={t('search.start')}
          text={t('search.startText')}
        />
      ) : (
        <>
          <Parts parts={parts} search={words => set({ q: words })} />
          <Unknown parts={parts} />
          <div className="rp-search-bar">
            <SegmentedControl
              size="xs"
              aria-label={t('search.whatKind')}
              value={chosen ?? 'all'}
              onChange={value => set({ type: resultTypes.find(type => type === value) ?? null })}
              data={[
                { value: 'all', label: t('search.all') },
                ...resultTypes.map(type => ({ value: type, label: t(`search.group.${type}`) })),
              ]}
            />
            <span className="rp-grow" />
            <Ordering parts={parts} search={words => set({ q: words })} />
          </div>
          <InPlace all={shown.map(type => results[type])} />
          {chosen ? (
            <WholeGroup type={chosen} q={q} results={results[chosen]} />
          ) : (
            resultTypes.map(type => <GroupInShort key={type} type={type} q={q} results={results[type]} />)
          )}
        </>
      )}
    </div>
  )
}
