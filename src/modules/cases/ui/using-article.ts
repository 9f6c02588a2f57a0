import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { call, keyOf } from '../../../ui/call.ts'
import { told, toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../contract.ts'
import { articlesBeside } from '../contract-articles.ts'
import type { Form } from './form.ts'

const textOf = (html: string): string =>
  new DOMParser().parseFromString(html.replaceAll('</p>', '</p>\n'), 'text/html').body.textContent?.trim() ?? ''

/** Uses an article in a case: recorded by the server, which hands out what is put into the text. */
export const useUsingArticle = (caseId: number) => {
  const t = useSay()
  const client = useQueryClient()
  return useCallback(
    (articleId: number, how: 'text' | 'link', put: (form: Form) => void): Promise<void> =>
      call(articlesBeside.useArticle, { id: caseId, articleId, how })
        .then(({ html, title }) => {
          put({ html, text: textOf(html) })
          told(t('beside.put', { title }), 'article')
          for (const stale of [articlesBeside.articlesFor, cases.timeline])
            void client.invalidateQueries({ queryKey: keyOf(stale) })
        })
        .catch((problem: Error) => toldProblem(problem)),
    [caseId, client, t],
  )
}
