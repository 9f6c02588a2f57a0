import type { QueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call, keyOf } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { knowledge } from '../../knowledge/contract.ts'
import { useNotedSearch } from '../../knowledge/ui/index.ts'
import { articlesBeside } from '../contract-articles.ts'
import type { Offer, Trigger } from './suggesting.ts'
import { useUsingArticle } from './using-article.ts'

const most = 5
const freshMs = 60_000

type Found = { id: number; title: string; internal: boolean }

/** Those that fit the case while nothing is typed, else those that fit the words. */
const find = async (client: QueryClient, caseId: number, typed: string): Promise<Found[]> => {
  const q = typed.trim()
  if (q === '') {
    const queryKey = keyOf(articlesBeside.articlesFor, { id: caseId })
    const queryFn = () => call(articlesBeside.articlesFor, { id: caseId })
    const { items } = await client.query({ queryKey, queryFn, staleTime: freshMs })
    return items.map(({ id, title, audience }) => ({ id, title, internal: audience !== 'public' }))
  }
  const { items } = await call(knowledge.articles, { q, state: 'published', limit: most })
  return items.map(({ id, title, audience }) => ({ id, title, internal: audience !== 'public' }))
}

/** `??` offers articles, each as text and, where everybody may read it, as a link. */
export const useArticleTriggers = (client: QueryClient, caseId: number): Trigger[] => {
  const t = useSay()
  const reads = useMay()('knowledge.read')
  const using = useUsingArticle(caseId)
  const [missed, setMissed] = useState('')
  useNotedSearch(missed)
  return useMemo(() => {
    if (!reads) return []
    const offer = (article: Found, how: 'text' | 'link'): Offer => ({
      key: `${how}${article.id}`,
      label: article.title,
      detail: t(how === 'link' ? 'beside.asLink' : article.internal ? 'beside.asTextInternal' : 'beside.asText'),
      insert: (editor, range) => {
        editor.chain().focus().deleteRange(range).run()
        void using(article.id, how, form => {
          if (!editor.isDestroyed)
            editor
              .chain()
              .focus()
              .insertContent(form.html ?? form.text)
              .run()
        })
      },
    })
    return [
      {
        name: 'article',
        char: '??',
        withSpaces: true,
        find: async query => {
          const found = await find(client, caseId, query).catch(() => null)
          setMissed(found?.length === 0 ? query.trim() : '')
          return (found ?? [])
            .slice(0, most)
            .flatMap(article => [offer(article, 'text'), ...(article.internal ? [] : [offer(article, 'link')])])
        },
      },
    ]
  }, [client, caseId, reads, using, t])
}
