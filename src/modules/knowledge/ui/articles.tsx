import './knowledge.css'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBook2, IconSearch } from '@tabler/icons-react'
import { useEffect } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Input } from '../../../shared/contract.ts'
import { useCall, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { knowledge } from '../contract.ts'
import { ArticleRow } from './article-row.tsx'
import { useAudienceOptions, useKindOptions, useStateOptions, useTopicOptions } from './choices.ts'
import { useNotedSearch } from './searched.ts'

const filters = ['kind', 'audience', 'state', 'topicId', 'needs'] as const
type Filter = (typeof filters)[number]

/** What is looked for is part of the address, so that a link to it and the way back keep it. */
const useWanted = () => {
  const [params, setParams] = useSearchParams()
  const set = (name: 'q' | Filter, value: string) =>
    setParams(
      before => {
        if (value) before.set(name, value)
        else before.delete(name)
        return before
      },
      { replace: true },
    )
  const q = params.get('q') ?? ''
  const [settled] = useDebouncedValue(q.trim(), 200)
  const given = Object.fromEntries(filters.flatMap(name => (params.get(name) ? [[name, params.get(name)]] : [])))
  const wanted = { ...given, ...(settled ? { q: settled } : {}), limit: 30 } as Input<typeof knowledge.articles>
  const clear = () => setParams({}, { replace: true })
  return { params, set, q, settled, wanted, filtered: Object.keys(given).length > 0, clear }
}

const Filters = ({ of }: { of: ReturnType<typeof useWanted> }) => {
  const t = useSay()
  const writes = useMay()('knowledge.edit')
  const options: Record<Filter, { value: string; label: string }[]> = {
    kind: useKindOptions(),
    audience: useAudienceOptions(),
    state: useStateOptions(),
    topicId: useTopicOptions(),
    needs: [
      { value: 'review', label: t('articles.needs.review') },
      { value: 'owner', label: t('articles.needs.owner') },
    ],
  }
  const shown = filters.filter(name => writes || (name !== 'state' && name !== 'needs'))
  return (
    <div className="rp-article-filters">
      {shown.map(name => (
        <NativeSelect
          key={name}
          aria-label={t(`articles.by.${name}`)}
          data={[{ value: '', label: t(`articles.any.${name}`) }, ...options[name]]}
          value={of.params.get(name) ?? ''}
          onChange={event => of.set(name, event.currentTarget.value)}
        />
      ))}
    </div>
  )
}

/** How many searches found nothing: what to write next. */
const GapsButton = () => {
  const t = useSay()
  return (
    <Button variant="default" component={Link} to="/knowledge/gaps">
      {t('gaps.title')}
    </Button>
  )
}

/** Articles, found as one types. */
export const Articles = () => {
  const t = useSay()
  const may = useMay()
  const of = useWanted()
  const list = usePages(knowledge.articles, of.wanted, { keep: true })
  // Whether anything was corrected stands in the first page; it is read already.
  const first = useCall(knowledge.articles, of.wanted, { enabled: of.settled !== '' })
  const missing =
    of.settled !== '' && !of.filtered && list.isSuccess && !list.isPlaceholderData && list.items.length === 0
  const note = useNotedSearch(missing ? of.settled : '')
  useEffect(() => () => note.flush(), [note])
  return (
    <div className="rp-page">
      <PageHeader title={t('articles.title')} lead={t('articles.lead')}>
        <Button variant="default" component={Link} to="/codes">
          {t('codes.title')}
        </Button>
        {may('knowledge.edit') && (
          <>
            <GapsButton />
            <Button component={Link} to="/knowledge/new">
              {t('articles.add')}
            </Button>
          </>
        )}
      </PageHeader>
      <TextInput
        type="search"
        aria-label={t('articles.find')}
        placeholder={t('articles.find')}
        leftSection={<IconSearch size={16} />}
        value={of.q}
        onChange={event => of.set('q', event.currentTarget.value)}
        onKeyDown={event => event.key === 'Enter' && note.flush()}
        mb={10}
      />
      <Filters of={of} />
      <p className="rp-hidden" role="status">
        {list.isSuccess && t('articles.found', { count: list.items.length })}
      </p>
      {first.data?.corrected && of.settled && (
        <p className="rp-small rp-dim">{t('articles.corrected', { words: first.data.corrected })}</p>
      )}
      <RecordList
        of={{ ...list, items: list.isPending ? undefined : list.items }}
        height={72}
        none={
          <EmptyState
            icon={<IconBook2 size={34} stroke={1.2} />}
            title={t(of.settled || of.filtered ? 'articles.none' : 'articles.empty')}
            text={t(of.settled || of.filtered ? 'articles.noneText' : 'articles.emptyText')}
          >
            {(of.settled || of.filtered) && (
              <Button variant="default" onClick={of.clear}>
                {t('articles.clear')}
              </Button>
            )}
          </EmptyState>
        }
      >
        {article => <ArticleRow key={article.id} article={article} />}
      </RecordList>
    </div>
  )
}
