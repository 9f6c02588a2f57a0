import './catalogue.css'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPackages, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useCall, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { catalogue, families, stockStates } from '../contract.ts'
import { ProductRow } from './product-row.tsx'

const filters = ['family', 'place', 'availability'] as const
const slow = { staleTime: 5 * 60_000 }
type Filter = (typeof filters)[number]

const useChoices = (): Record<Filter, { value: string; label: string }[]> => {
  const t = useSay()
  const all = useCall(families.families, {}, slow).data?.items ?? []
  const places = useCall(families.places, {}, slow).data?.items ?? []
  const named = (items: { id: number; name: string }[]) =>
    items.map(one => ({ value: String(one.id), label: one.name }))
  const states = ['available', ...stockStates, 'unknown'] as const
  return {
    family: [{ value: '', label: t('catalogue.any') }, ...named(all)],
    place: [{ value: '', label: t('catalogue.anywhere') }, ...named(places)],
    availability: [
      { value: '', label: t('catalogue.any') },
      ...states.map(state => ({ value: state, label: t(`stock.${state}`) })),
    ],
  }
}

const Actions = () => {
  const t = useSay()
  const may = useMay()
  return (
    <>
      <Button variant="default" component={Link} to="/catalogue/find">
        {t('catalogue.match')}
      </Button>
      {may('demand.review') && (
        <Button variant="default" component={Link} to="/demand">
          {t('demand.title')}
        </Button>
      )}
      {may('catalogue.stock') && (
        <Button variant="default" component={Link} to="/catalogue/import">
          {t('catalogue.import')}
        </Button>
      )}
      {may('catalogue.edit') && (
        <Button component={Link} to="/catalogue/new">
          {t('catalogue.add')}
        </Button>
      )}
    </>
  )
}

const useWanted = () => {
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState(search.get('q') ?? '')
  const [q] = useDebouncedValue(text.trim(), 150)
  const of = (name: Filter) => search.get(name) ?? ''
  const set = (name: Filter, value: string) =>
    setSearch(
      before => {
        if (value) before.set(name, value)
        else before.delete(name)
        return before
      },
      { replace: true },
    )
  const availability = of('availability')
  const input = {
    limit: 50,
    ...(q ? { q } : {}),
    ...(of('family') ? { familyId: Number(of('family')) } : {}),
    ...(of('place') ? { placeId: Number(of('place')) } : {}),
    ...(availability ? { availability: availability as (typeof stockStates)[number] } : {}),
  }
  return { text, setText, of, set, input, isNarrow: Object.keys(input).length > 1 }
}

/** What we offer: found as one types, by number and barcode too, and by what is there. */
export const Catalogue = () => {
  const t = useSay()
  const { text, setText, of, set, input, isNarrow } = useWanted()
  const choices = useChoices()
  const list = usePages(catalogue.list, input, { keep: true })
  return (
    <div className="rp-page">
      <PageHeader title={t('catalogue.title')} lead={t('catalogue.lead')}>
        <Actions />
      </PageHeader>
      <div className="rp-filters">
        <TextInput
          type="search"
          aria-label={t('catalogue.find')}
          placeholder={t('catalogue.find')}
          leftSection={<IconSearch size={16} />}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        {filters.map(name => (
          <NativeSelect
            key={name}
            label={t(name === 'place' ? 'match.place' : `catalogue.${name}`)}
            data={choices[name]}
            value={of(name)}
            onChange={event => set(name, event.currentTarget.value)}
          />
        ))}
      </div>
      <p className="rp-hidden" role="status">
        {list.isSuccess && t('catalogue.found', { count: list.items.length })}
      </p>
      {list.isPending && <Loading rows={6} height={64} />}
      {list.error && <EmptyState title={t('problem.unknown')} text={sentenceOf(list.error)} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState
          icon={<IconPackages size={34} stroke={1.2} />}
          title={t(isNarrow ? 'catalogue.none' : 'catalogue.empty')}
          text={t(isNarrow ? 'catalogue.noneText' : 'catalogue.emptyText')}
        />
      )}
      {list.items.length > 0 && (
        <ul className="rp-list">
          {list.items.map(product => (
            <li key={product.id}>
              <ProductRow product={product} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </div>
  )
}
