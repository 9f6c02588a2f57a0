import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { knowledge } from '../contract.ts'
import type { Article } from '../contract-shapes.ts'
import { audienceKeys, languageName } from './choices.ts'

const day = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(new Date(`${iso}T12:00:00`))

/** The article was looked through: until when it holds now. */
const ReviewDialog = ({ article, close }: { article: Article; close: () => void }) => {
  const t = useSay()
  const [next, setNext] = useState('')
  const act = useAct(knowledge.noteReviewed, {
    quiet: true,
    refresh: [knowledge.article, knowledge.articles],
    done: () => {
      told(t('review.noted'))
      close()
    },
  })
  return (
    <FormDialog
      title={t('review.title')}
      close={close}
      busy={act.isPending}
      action={t('review.act')}
      onSubmit={event => {
        event.preventDefault()
        act.mutate({ id: article.id, version: article.version, reviewOn: next || null })
      }}
    >
      <ProblemNote problem={act.error} />
      <TextInput
        type="date"
        label={t('review.next')}
        description={t('review.nextText')}
        value={next}
        onChange={event => setNext(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Languages = ({ article }: { article: Article }) => {
  const t = useSay()
  if (article.translations.length === 0 && !article.can.includes('edit'))
    return <span translate="no">{languageName(article.language)}</span>
  return (
    <>
      <span translate="no">{languageName(article.language)}</span>
      {article.translations.map(one => (
        <div key={one.id}>
          <Link to={`/knowledge/${one.id}`} translate="no">
            {languageName(one.language)}
          </Link>
        </div>
      ))}
      {article.can.includes('edit') && (
        <div>
          <Link to={`/knowledge/new?translationOf=${article.id}`}>{t('article.translate')}</Link>
        </div>
      )}
    </>
  )
}

/** Whom an article is for, who looks after it, and what became of it. */
export const ArticleSide = ({ article }: { article: Article }) => {
  const t = useSay()
  const [reviewing, setReviewing] = useState(false)
  const { shown, owner } = article
  return (
    <aside className="rp-article-side" aria-label={t('article.about')}>
      <dl>
        <Fact name={t('article.for')}>{shown.team?.name ?? t(audienceKeys[shown.audience])}</Fact>
        <Fact name={t('article.owner')}>
          {owner.name}
          {owner.left && ` (${t('article.left')})`}
        </Fact>
        <Fact name={t('article.reviewOn')}>
          {article.reviewOn ? day(article.reviewOn) : t('words.none')}
          {article.can.includes('edit') && (
            <div>
              <Button variant="default" size="compact-xs" mt={4} onClick={() => setReviewing(true)}>
                {t('review.open')}
              </Button>
            </div>
          )}
        </Fact>
        <Fact name={t('article.source')}>{t(`article.source.${shown.source}`)}</Fact>
        {article.topics.length > 0 && (
          <Fact name={t('article.topics')}>{article.topics.map(topic => topic.name).join(', ')}</Fact>
        )}
        {article.products.length > 0 && (
          <Fact name={t('article.products')}>{article.products.map(product => product.name).join(', ')}</Fact>
        )}
        <Fact name={t('article.language')}>
          <Languages article={article} />
        </Fact>
        <Fact name={t('article.usage')}>
          {t('article.used', { count: article.used })}
          <br />
          {t('article.helped', { count: article.helped })} · {t('article.notHelped', { count: article.notHelped })}
        </Fact>
        <Fact name={t('article.version')}>
          {t('article.versionBy', { number: shown.number, name: shown.writer.name })}, <TimeAgo at={shown.at} />
          {shown.approver && <div>{t('article.approvedBy', { name: shown.approver.name })}</div>}
          {article.can.length > 0 && (
            <div>
              <Link to={`/knowledge/${article.id}/versions`}>{t('versions.all')}</Link>
            </div>
          )}
        </Fact>
      </dl>
      {reviewing && <ReviewDialog article={article} close={() => setReviewing(false)} />}
    </aside>
  )
}
