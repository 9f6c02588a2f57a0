import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type ResultType, searching } from '../contract-search.ts'
import { SearchHit } from './search-hit.tsx'

/** People and organisations come in order of likeness, this many at the most. */
const closest = 50
const inShort = 5

export const useResults = (q: string, type: ResultType, whole: boolean) => {
  const named = type === 'person' || type === 'organisation'
  const limit = whole ? (named ? closest : 20) : inShort
  return usePages(searching.results, { q, type, limit }, { enabled: q !== '', keep: true })
}

type Results = ReturnType<typeof useResults>

const Corrected = ({ results, q }: { results: Results; q: string }) => {
  const t = useSay()
  const corrected = (results.data?.pages[0] as { corrected?: string | null } | undefined)?.corrected
  return corrected ? (
    <p className="rp-dim" role="status">
      {t('search.corrected', { q, corrected })}
    </p>
  ) : null
}

/** The first few of one kind, with the way to all of them. */
export const GroupInShort = ({ type, q, results }: { type: ResultType; q: string; results: Results }) => {
  const t = useSay()
  if (results.items.length === 0) return null
  return (
    <section className="rp-hits" aria-labelledby={`found-${type}`}>
      <h2 id={`found-${type}`}>{t(`search.group.${type}`)}</h2>
      <Corrected results={results} q={q} />
      <ul>
        {results.items.slice(0, inShort).map(hit => (
          <SearchHit key={`${hit.type}${hit.id}`} hit={hit} />
        ))}
      </ul>
      {(results.hasNextPage ||
        (results.items.length === inShort && (type === 'person' || type === 'organisation'))) && (
        <Link className="rp-link" to={`/search?${new URLSearchParams({ q, type })}`}>
          {t(`search.allOf.${type}`)}
        </Link>
      )}
    </section>
  )
}

/** Everything of one kind, page by page until there is no more, and then it says so. */
export const WholeGroup = ({ type, q, results }: { type: ResultType; q: string; results: Results }) => {
  const t = useSay()
  const { items, hasNextPage } = results
  return (
    <section className="rp-hits" aria-label={t(`search.group.${type}`)}>
      <Corrected results={results} q={q} />
      <ul>
        {items.map(hit => (
          <SearchHit key={`${hit.type}${hit.id}`} hit={hit} />
        ))}
      </ul>
      <LoadMore hasMore={hasNextPage} loading={results.isFetchingNextPage} more={() => void results.fetchNextPage()} />
      {!hasNextPage && items.length > 0 && (
        <p className="rp-dim rp-hits-end" role="status">
          {items.length === closest && type !== 'case' && type !== 'file' && type !== 'article'
            ? t('search.closest', { count: closest })
            : t('search.end')}
        </p>
      )}
    </section>
  )
}

/** What stands in place of results: still reading, nothing found, or something went wrong. */
export const InPlace = ({ all }: { all: readonly Results[] }) => {
  const t = useSay()
  const failed = all.find(one => one.error)
  if (failed?.error)
    return (
      <EmptyState title={t('queue.failed')} text={sentenceOf(failed.error)}>
        <Button onClick={() => void failed.refetch()}>{t('action.again')}</Button>
      </EmptyState>
    )
  if (all.some(one => one.items.length > 0)) return null
  if (all.some(one => one.isPending || one.isFetching)) return <Loading rows={5} height={62} />
  return <EmptyState title={t('search.nothing')} text={t('search.nothingText')} />
}
