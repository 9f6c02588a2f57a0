import './knowledge.css'
import { Button } from '@mantine/core'
import { IconExternalLink, IconFile, IconNotes } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { NotFound } from '../../../ui/shell/not-found.tsx'
import { knowledge } from '../contract.ts'
import type { Article } from '../contract-shapes.ts'
import { ArticleActs } from './article-acts.tsx'
import { ArticleSide } from './article-side.tsx'
import { ArticleText } from './article-text.tsx'
import { kindTones, stateTones } from './choices.ts'
import { DidItHelp } from './did-it-help.tsx'

/** What one must know before reading: that it waits, was given back, or is not what readers see. */
const Notes = ({ article }: { article: Article }) => {
  const t = useSay()
  const { shown } = article
  const behind = article.publishedNumber !== null && article.publishedNumber !== shown.number
  return (
    <>
      {article.owner.left && <Notice tone="note">{t('article.ownerLeftText', { name: article.owner.name })}</Notice>}
      {article.reviewOverdue && <Notice tone="note">{t('article.reviewOverdueText')}</Notice>}
      {shown.returnedReason && (
        <Notice tone="note">
          {t('article.returned')} <q dir="auto">{shown.returnedReason}</q>
        </Notice>
      )}
      {behind && (
        <Notice>
          {t('article.behind', { number: article.publishedNumber ?? 0 })}{' '}
          <Link to={`/knowledge/${article.id}/versions?from=${article.publishedNumber}&to=${shown.number}`}>
            {t('article.whatChanged')}
          </Link>
        </Notice>
      )}
    </>
  )
}

const Files = ({ article: { shown } }: { article: Article }) => {
  const t = useSay()
  const beside = shown.files.filter(file => !shown.html.includes(`"${file.url}"`))
  if (beside.length === 0) return null
  return (
    <section aria-label={t('article.files')} className="rp-article-files">
      <h2>{t('article.files')}</h2>
      <ul>
        {beside.map(file => (
          <li key={file.id}>
            <IconFile size={15} stroke={1.7} aria-hidden /> <a href={file.url}>{file.name}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Shown = ({ article }: { article: Article }) => {
  const t = useSay()
  const { shown } = article
  return (
    <div className="rp-page">
      <PageHeader
        title={shown.title}
        lead={
          <span className="rp-article-labels">
            <Label tone={kindTones[shown.kind]}>{t(`article.kind.${shown.kind}`)}</Label>
            <Label tone={stateTones[article.state]}>{t(`article.state.${article.state}`)}</Label>
            {article.publicPath && (
              <a href={article.publicPath} target="_blank" rel="noopener" className="rp-small">
                <IconExternalLink size={13} aria-hidden /> {t('article.onWebsite')}
              </a>
            )}
          </span>
        }
      >
        <ArticleActs article={article} />
      </PageHeader>
      <Notes article={article} />
      <div className="rp-article">
        <article aria-label={shown.title}>
          {shown.summary && (
            <p className="rp-article-summary" dir="auto">
              {shown.summary}
            </p>
          )}
          {shown.html.trim() ? (
            <ArticleText version={shown} language={article.language} />
          ) : (
            <EmptyState
              icon={<IconNotes size={34} stroke={1.2} />}
              title={t('article.nothingYet')}
              text={t('article.nothingYetText')}
            />
          )}
          <Files article={article} />
          {article.publishedNumber !== null && article.state !== 'archived' && <DidItHelp article={article} />}
        </article>
        <ArticleSide article={article} />
      </div>
    </div>
  )
}

/** An article to read, with what may be done with it. */
export const ArticlePage = () => {
  const t = useSay()
  const { id } = useParams()
  const known = /^\d+$/.test(id ?? '')
  const article = useCall(knowledge.article, { id: Number(id) }, { enabled: known })
  if (!known) return <NotFound />
  if (article.data) return <Shown key={article.data.id} article={article.data} />
  if (!article.error)
    return (
      <div className="rp-page">
        <Loading rows={7} />
      </div>
    )
  return (
    <div className="rp-page">
      <PageHeader title={t('article.unavailable')} hidden />
      <EmptyState
        icon={<IconNotes size={34} stroke={1.2} />}
        title={t('article.unavailable')}
        text={sentenceOf(article.error)}
      >
        <Button variant="default" component={Link} to="/knowledge">
          {t('articles.back')}
        </Button>
      </EmptyState>
    </div>
  )
}
