import { IconBook2, IconBuilding, IconPaperclip, IconUser } from '@tabler/icons-react'
import { Link } from 'react-router'
import { StatusBadge } from '../../../ui/kit/badges.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Result } from '../contract-search.ts'

const addressOf = (hit: Result): string => {
  if (hit.type === 'person') return `/people/${hit.id}`
  if (hit.type === 'article') return `/knowledge/${hit.id}`
  if (hit.type === 'organisation') return '/organisation/groups'
  return `/cases/${hit.caseId ?? hit.id}`
}

const Sign = ({ hit }: { hit: Result }) => {
  if (hit.type === 'case') return <span className="rp-dim rp-number rp-hit-number">#{hit.id}</span>
  const Icon = { article: IconBook2, file: IconPaperclip, person: IconUser, organisation: IconBuilding }[hit.type]
  return <Icon size={16} stroke={1.6} aria-hidden className="rp-dim" />
}

const About = ({ hit }: { hit: Result }) => {
  const t = useSay()
  if (hit.type === 'article') return <>{t(`article.audience.${hit.about as 'public'}`)}</>
  if (hit.type === 'file') return <>{t('search.caseOf', { subject: hit.about })}</>
  if (hit.type === 'organisation') return <>{t('search.members', { count: Number(hit.about) })}</>
  return <>{hit.about}</>
}

/** What was looked for is marked in pieces of text, never as markup. */
const Marked = ({ pieces }: { pieces: Result['excerpt'] }) => (
  <>
    {pieces.map((piece, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text stay where they are
      piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
    )}
  </>
)

/** One thing that was found. */
export const SearchHit = ({ hit }: { hit: Result }) => (
  <li className="rp-hit">
    <Link to={addressOf(hit)} className="rp-hit-link">
      <span className="rp-hit-top">
        <Sign hit={hit} />
        <span className="rp-hit-title rp-truncate">
          <Marked pieces={hit.titlePieces} />
        </span>
        <span className="rp-dim rp-small rp-truncate rp-hit-about">
          <About hit={hit} />
        </span>
        <span className="rp-grow" />
        {hit.status && <StatusBadge status={hit.status} />}
        {hit.at && (
          <span className="rp-dim rp-small rp-hit-when">
            <TimeAgo at={hit.at} />
          </span>
        )}
      </span>
      {hit.excerpt.length > 0 && (
        <span className="rp-hit-excerpt">
          <Marked pieces={hit.excerpt} />
        </span>
      )}
    </Link>
  </li>
)
