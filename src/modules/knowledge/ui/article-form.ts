import type { Input } from '../../../shared/contract.ts'
import type { knowledge } from '../contract.ts'
import type { Article } from '../contract-shapes.ts'

export type Values = {
  title: string
  summary: string
  html: string
  kind: string
  source: string
  audience: string
  teamId: string
  language: string
  ownerId: string
  reviewOn: string
  topicIds: string[]
  productIds: string[]
  note: string
}

/** What the form begins with: the article, what is translated, or nothing but who writes. */
export const valuesOf = (article: Article | null, meId: number, title = ''): Values => ({
  title: article?.shown.title ?? title,
  summary: article?.shown.summary ?? '',
  html: article?.shown.html ?? '',
  kind: article?.shown.kind ?? 'informative',
  source: article?.shown.source ?? 'own_experience',
  audience: article?.shown.audience ?? 'staff',
  teamId: article?.shown.team ? String(article.shown.team.id) : '',
  language: article?.language ?? 'en',
  ownerId: String(article && !article.owner.left ? article.owner.id : meId),
  reviewOn: article?.reviewOn ?? '',
  topicIds: article?.topics.map(topic => String(topic.id)) ?? [],
  productIds: article?.products.map(product => String(product.id)) ?? [],
  note: '',
})

/** What is sent, of what the form holds. */
export const inputOf = (values: Values, fileIds: number[]) => {
  const { title, summary, html, note, kind, source, audience, teamId, ownerId, reviewOn, topicIds, productIds } = values
  return {
    title,
    summary,
    html,
    note,
    kind,
    source,
    audience,
    fileIds,
    teamId: audience === 'team' && teamId ? Number(teamId) : null,
    ownerId: Number(ownerId),
    reviewOn: reviewOn || null,
    topicIds: topicIds.map(Number),
    productIds: productIds.map(Number),
  } as Omit<Input<typeof knowledge.addArticle>, 'language'>
}
