import { IconHeartHandshake, IconInfoCircle, IconLock, IconUsersGroup } from '@tabler/icons-react'
import { Link } from 'react-router'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { ChannelIcon, KindIcon, StatusBadge } from '../../../ui/kit/badges.tsx'
import { TimeAgo, TimeSince } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'

type Props = {
  line: CaseLine
  open: boolean
  inTabOrder: boolean
  onFocus: () => void
  why: boolean
  toggleWhy: () => void
}

const Markers = ({ line }: { line: CaseLine }) => {
  const t = useSay()
  return (
    <>
      {line.requester.vulnerable && (
        <span className="rp-care" title={t('case.vulnerable')}>
          <IconHeartHandshake size={15} stroke={1.8} aria-hidden />
          <span className="rp-hidden">{t('case.vulnerable')}</span>
        </span>
      )}
      {line.confidential && (
        <span className="rp-dim" title={t('case.confidential')}>
          <IconLock size={14} stroke={1.8} aria-hidden />
          <span className="rp-hidden">{t('case.confidential')}</span>
        </span>
      )}
    </>
  )
}

/** Since when somebody waits for us, or when something last happened. */
const When = ({ line }: { line: CaseLine }) => {
  const t = useSay()
  if (!line.waitingSince)
    return (
      <span className="rp-row-when">
        <TimeAgo at={line.lastAt} />
      </span>
    )
  return (
    <span className="rp-row-when" data-waiting>
      <span className="rp-hidden">{t('queue.waits')} </span>
      <TimeSince at={line.waitingSince} />
    </span>
  )
}

const Facts = ({ line }: { line: CaseLine }) => {
  const t = useSay()
  return (
    <span className="rp-row-facts">
      <ChannelIcon channel={line.channel} size={14} />
      <span className="rp-row-kind" data-strong={line.kind === 'complaint' || line.kind === 'incident' || undefined}>
        <KindIcon kind={line.kind} size={14} />
        {t(`kind.${line.kind}`)}
      </span>
      {line.severity > 2 && (
        <span className="rp-row-severity">{t(line.severity === 4 ? 'queue.critical' : 'queue.high')}</span>
      )}
      {line.status !== 'new' && line.status !== 'open' && <StatusBadge status={line.status} />}
      {line.tags.slice(0, 2).map(tag => (
        <span key={tag} className="rp-tag">
          {tag}
        </span>
      ))}
      <span className="rp-grow" />
      {line.assignee ? (
        <span className="rp-row-owner" title={t('case.assignedTo', { name: line.assignee.name })}>
          <Avatar name={line.assignee.name} size={20} />
          <span className="rp-hidden">{t('case.assignedTo', { name: line.assignee.name })}</span>
        </span>
      ) : (
        line.team && (
          <span className="rp-row-owner rp-truncate">
            <IconUsersGroup size={14} stroke={1.7} aria-hidden /> <span className="rp-truncate">{line.team.name}</span>
          </span>
        )
      )}
    </span>
  )
}

/** One case in the list; `why` unfolds the reason for its place. */
export const QueueRow = ({ line, open, inTabOrder, onFocus, why, toggleWhy }: Props) => {
  const t = useSay()
  return (
    <li className="rp-row" data-open={open || undefined} data-unread={line.unread || undefined}>
      <Link
        to={`?case=${line.id}`}
        className="rp-row-link2"
        data-row={line.id}
        tabIndex={inTabOrder ? 0 : -1}
        onFocus={onFocus}
        aria-current={open ? 'true' : undefined}
        title={line.urgency.sentence}
      >
        <span className="rp-row-top">
          {line.unread && (
            <span className="rp-unread">
              <span className="rp-hidden">{t('queue.unread')}</span>
            </span>
          )}
          <span className="rp-row-name rp-truncate">{line.requester.name}</span>
          <Markers line={line} />
          <span className="rp-grow" />
          <When line={line} />
        </span>
        <span className="rp-row-subject rp-truncate">{line.subject}</span>
        <span className="rp-row-preview rp-truncate">{line.preview}</span>
        <Facts line={line} />
      </Link>
      <button
        type="button"
        className="rp-row-why"
        onClick={toggleWhy}
        aria-expanded={why}
        aria-label={t('queue.why', { subject: line.subject })}
        title={t('queue.whyShort')}
        tabIndex={inTabOrder ? 0 : -1}
      >
        <IconInfoCircle size={15} stroke={1.7} />
      </button>
      {why && <Why line={line} />}
    </li>
  )
}

const Why = ({ line }: { line: CaseLine }) => {
  const t = useSay()
  return (
    <div className="rp-why" role="status">
      <p>{line.urgency.sentence}</p>
      {line.urgency.parts.length > 0 && (
        <ul>
          {line.urgency.parts.map(part => (
            <li key={part.reason}>
              <span>{part.reason}</span>
              <span className="rp-number">
                {t('queue.minutes', {
                  n: part.minutes > 0 ? `+${Math.round(part.minutes)}` : String(Math.round(part.minutes)),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
