import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Problem } from '../call.ts'
import { useSay } from '../language/index.ts'
import { LoadMore } from './load-more.tsx'
import { Loading } from './loading.tsx'
import { Notice } from './notice.tsx'
import { PageHeader } from './page-header.tsx'
import { sentenceOf } from './problem-note.tsx'

/** What is read: all at once, or page by page. */
type Reading<T> = {
  items: readonly T[] | undefined
  isPending: boolean
  error: Problem | null
  refetch: () => unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

type ListProps<T> = {
  of: Reading<T>
  /** Why nothing is here, and what to do next. */
  none?: ReactNode
  /** Height of a row in pixels while they are read. */
  height?: number
  children: (item: T) => ReactNode
}

/** A list in each of its states: being read, not readable, empty, and full with more to come. */
export const RecordList = <T,>({ of, none, height = 44, children }: ListProps<T>) => {
  const t = useSay()
  const items = of.items ?? []
  if (of.isPending) return <Loading height={height} />
  if (of.error && items.length === 0)
    return (
      <Notice tone="bad" alert>
        {sentenceOf(of.error)}{' '}
        <Button size="compact-xs" variant="default" onClick={() => void of.refetch()}>
          {t('action.again')}
        </Button>
      </Notice>
    )
  if (items.length === 0) return none
  return (
    <>
      <ul className="rp-list">{items.map(children)}</ul>
      <LoadMore
        hasMore={of.hasNextPage ?? false}
        loading={of.isFetchingNextPage ?? false}
        more={() => void of.fetchNextPage?.()}
      />
    </>
  )
}

type Props<T> = Omit<ListProps<T>, 'children'> & {
  title: string
  lead: string
  /** What the button says that adds one. */
  add: string
  may: boolean
  /** What is said before the list. */
  before?: ReactNode
  editLabel: (item: T) => string
  /** Dialogue for one record, or for a new one. */
  form: (item: T | null, close: () => void) => ReactNode
  /** What stands in a row, before its button. */
  children: (item: T) => ReactNode
}

/** A page of things that are added and edited in a dialogue. */
export const Records = <T extends { id: number }>({
  title,
  lead,
  add,
  may,
  before,
  editLabel,
  form,
  ...list
}: Props<T>) => {
  const t = useSay()
  const [open, setOpen] = useState<T | 'new' | null>(null)
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={title} lead={lead}>
        {may && <Button onClick={() => setOpen('new')}>{add}</Button>}
      </PageHeader>
      {before && <div style={{ marginBottom: 14 }}>{before}</div>}
      <RecordList {...list}>
        {item => (
          <li key={item.id}>
            {list.children(item)}
            {may && (
              <Button size="compact-sm" variant="default" onClick={() => setOpen(item)} aria-label={editLabel(item)}>
                {t('action.edit')}
              </Button>
            )}
          </li>
        )}
      </RecordList>
      {open && form(open === 'new' ? null : open, () => setOpen(null))}
    </div>
  )
}
