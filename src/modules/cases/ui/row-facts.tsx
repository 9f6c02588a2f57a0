import { IconHeartHandshake, IconLock, IconUsersGroup } from '@tabler/icons-react'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { ChannelIcon, KindIcon, StatusBadge } from '../../../ui/kit/badges.tsx'
import { TimeAgo, TimeSince } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { Due } from './due.tsx'
import { Here } from './where.tsx'

/** What to mind before one opens the case. */
export const Markers = ({ line }: { line: CaseLine }) => {
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
export const When = ({ line }: { line: CaseLine }) => {
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

/** What kind of case it is, and whose; its status only where nothing around it says so. */
export const Facts = ({ line, status = true }: { line: CaseLine; status?: boolean }) => {
  const t = useSay()
  const told = line.status === 'new' || line.status === 'open'
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
      {status && !told && <StatusBadge status={line.status} />}
      {line.tags.slice(0, 2).map(tag => (
        <span key={tag} className="rp-tag">
          {tag}
        </span>
      ))}
      {line.urgency.due && <Due at={line.urgency.due.at} />}
      <span className="rp-grow" />
      <Here caseId={line.id} />
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
