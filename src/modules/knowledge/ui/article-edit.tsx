import './knowledge.css'
import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import type { Problem } from '../../../ui/request.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { knowledge } from '../contract.ts'
import { gaps } from '../contract-gaps.ts'
import type { Article } from '../contract-shapes.ts'
import { ArticleEditor } from './article-editor.tsx'
import { ArticleFields } from './article-fields.tsx'
import { ArticleFiles, useArticleFiles } from './article-files.tsx'
import { inputOf, type Values, valuesOf } from './article-form.ts'

const fields = [
  'title',
  'summary',
  'kind',
  'source',
  'audience',
  'teamId',
  'ownerId',
  'reviewOn',
  'topicIds',
  'language',
]

type From = { article: Article | null; translationOf: Article | null; gapId: number | null; title: string }

/** Saves a new article, or a new version of one, and shows it. */
const useSaving = ({ article, translationOf, gapId, title }: From) => {
  const t = useSay()
  const go = useNavigate()
  const me = useMe()
  const start = article ?? translationOf
  const form = useForm<Values>({ initialValues: valuesOf(start, me.id, title) })
  const files = useArticleFiles(start?.shown.files ?? [], start?.shown.html ?? '')
  const options = {
    quiet: true,
    refresh: [knowledge.article, knowledge.articles, knowledge.articleVersions, gaps.gaps],
    done: (saved: Article) => {
      told(t('article.saved', { number: saved.newestNumber }))
      void go(`/knowledge/${saved.id}`)
    },
  }
  const [add, change] = [useAct(knowledge.addArticle, options), useAct(knowledge.changeArticle, options)]
  const submit = form.onSubmit(values => {
    const input = inputOf(values, files.idsFor(values.html))
    const onError = { onError: (problem: Problem) => showFieldErrors(form, problem) }
    if (article) change.mutate({ id: article.id, version: article.version, ...input }, onError)
    else add.mutate({ ...input, language: values.language, translationOf: translationOf?.id ?? null, gapId }, onError)
  })
  return { form, files, submit, busy: add.isPending || change.isPending, problem: add.error ?? change.error }
}

const Form = (from: From) => {
  const t = useSay()
  const { article, translationOf } = from
  const { form, files, submit, busy, problem } = useSaving(from)
  const [html, setHtml] = useState(form.values.html)
  const write = (next: string) => {
    setHtml(next)
    form.setFieldValue('html', next)
  }
  const heading = t(article ? 'article.edit' : translationOf ? 'article.translate' : 'articles.add')
  return (
    <div className="rp-page rp-article-form">
      <PageHeader title={heading} {...(article || translationOf ? {} : { lead: t('article.newLead') })} />
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={problem} shown={fields} />
        <TextInput
          label={t('article.title')}
          maxLength={200}
          required
          withAsterisk={false}
          dir="auto"
          data-autofocus
          {...form.getInputProps('title')}
        />
        <Textarea
          label={t('article.summary')}
          description={t('article.summaryText')}
          maxLength={300}
          autosize
          minRows={1}
          maxRows={4}
          dir="auto"
          {...form.getInputProps('summary')}
        />
        <div>
          <div className="rp-legend" aria-hidden>
            {t('article.text')}
          </div>
          <ArticleEditor label={t('article.text')} html={form.values.html} write={write} attach={files.add} />
        </div>
        <ArticleFiles files={files} html={html} />
        <ArticleFields
          form={form}
          fixedLanguage={article !== null}
          products={(article ?? translationOf)?.products ?? []}
        />
        {article && (
          <TextInput
            label={t('article.note')}
            description={t('article.noteText')}
            maxLength={300}
            {...form.getInputProps('note')}
          />
        )}
        <div className="rp-actions" data-end>
          <Button variant="default" component={Link} to={article ? `/knowledge/${article.id}` : '/knowledge'}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={files.busy}>
            {t(article ? 'article.saveVersion' : 'article.saveDraft')}
          </Button>
        </div>
      </form>
    </div>
  )
}

const Waiting = () => (
  <div className="rp-page">
    <Loading rows={8} />
  </div>
)

/** Writes a new article: from nothing, from a search that found nothing, or as a translation. */
export const NewArticle = () => {
  const [params] = useSearchParams()
  const original = Number(params.get('translationOf')) || null
  const gapId = Number(params.get('gap')) || null
  const article = useCall(knowledge.article, { id: original ?? 0 }, { enabled: original !== null })
  if (original !== null && !article.data) return article.error ? <NotFound /> : <Waiting />
  return <Form article={null} translationOf={article.data ?? null} gapId={gapId} title={params.get('title') ?? ''} />
}

/** Writes the next version of an article. */
export const EditArticle = () => {
  const { id } = useParams()
  const article = useCall(
    knowledge.article,
    { id: Number(id) },
    { enabled: /^\d+$/.test(id ?? ''), staleTime: 0, gcTime: 0 },
  )
  if (!/^\d+$/.test(id ?? '') || article.error) return <NotFound />
  if (!article.data) return <Waiting />
  if (!article.data.can.includes('edit')) return <NotFound />
  return <Form key={article.data.id} article={article.data} translationOf={null} gapId={null} title="" />
}
