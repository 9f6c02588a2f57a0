import { IconAlertTriangle, IconUserOff } from '@tabler/icons-react'
import { Link } from 'react-router'
import { Label } from '../../../ui/kit/badges.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { ArticleLine } from '../contract-shapes.ts'
import { audienceKeys, kindTones, languageName, stateTones } from './choices.ts'

/** What was looked for is marked in pieces of text, never as markup. */
const Marked = ({ pieces }: { pieces: ArticleLine['excerpt'] }) => (
  <>
    {pieces.map((piece, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text stay where they are
      piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
    )}
  </>
)

const Flags = ({ article }: { article: ArticleLine }) => {
  const t = useSay()
  return (
    <>
      {article.owner.left && (
        <span className="rp-article-flag">
          <IconUserOff size={14} stroke={1.8} aria-hidden /> {t('article.ownerLeft', { name: article.owner.name })}
        </span>
      )}
      {article.reviewOverdue && (
        <span className="rp-article-flag">
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden /> {t('article.reviewOverdue')}
        </span>
      )}
    </>
  )
}

const Usage = ({ article: { used, helped, notHelped } }: { article: ArticleLine }) => {
  const t = useSay()
  const said = [
    used > 0 && t('article.used', { count: used }),
    helped > 0 && t('article.helped', { count: helped }),
    notHelped > 0 && t('article.notHelped', { count: notHelped }),
  ].filter(Boolean)
  return said.length > 0 ? <span>{said.join(' · ')}</span> : null
}

/** An article in a list: what it is, for whom, and what it needs. */
export const ArticleRow = ({ article }: { article: ArticleLine }) => {
  const t = useSay()
  const audience = article.teamName ?? t(audienceKeys[article.audience])
  return (
    <li>
      <Link to={`/knowledge/${article.id}`} className="rp-row-link rp-article-row">
        <span className="rp-grow">
          <span className="rp-article-title" lang={article.language} dir="auto">
            <Marked pieces={article.titlePieces} />
          </span>
          <span className="rp-article-excerpt rp-small" lang={article.language} dir="auto">
            <Marked pieces={article.excerpt} />
          </span>
          <span className="rp-article-facts rp-dim rp-small">
            <span>{audience}</span>
            {article.language !== 'en' && <span translate="no">{languageName(article.language)}</span>}
            {article.topics.length > 0 && <span>{article.topics.map(topic => topic.name).join(', ')}</span>}
            <Usage article={article} />
            <span>
              <TimeAgo at={article.updatedAt} />
            </span>
            <Flags article={article} />
          </span>
        </span>
        <span className="rp-article-labels">
          <Label tone={kindTones[article.kind]}>{t(`article.kind.${article.kind}`)}</Label>
          {article.state !== 'published' && (
            <Label tone={stateTones[article.state]}>{t(`article.state.${article.state}`)}</Label>
          )}
        </span>
      </Link>
    </li>
  )
}
