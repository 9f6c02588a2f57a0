import { Avatar } from '../../../ui/kit/avatar.tsx'
import { ChannelIcon, KindIcon, StatusBadge } from '../../../ui/kit/badges.tsx'
import { inNumbers, onDay, TimeAgo, TimeSince } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { type ColumnKey, columnKeys, type Sort } from '../contract-shapes.ts'
import { useFields } from './conditions.ts'

/** What a table shows where nobody has chosen. */
export const usualColumns = ['number', 'requester', 'kind', 'status', 'severity', 'assignee', 'waitingSince', 'lastAt']

/** Orders a heading can ask for; each is that of an index. */
export const sortsOf: Record<string, readonly Sort[]> = {
  number: ['newest', 'oldest'],
  openedAt: ['newest', 'oldest'],
  lastAt: ['recent', 'stale'],
  severity: ['urgency'],
  waitingSince: ['waiting'],
}

export type Column = { key: string; label: string }

/** Every column there is: those of every case, then the organisation's own. */
export const useColumns = (): Column[] => {
  const t = useSay()
  const own = useFields().filter(field => field.key.startsWith('custom.'))
  const label = (key: ColumnKey) => (key === 'severity' ? t('field.severity') : t(`field.${key}`))
  return [...columnKeys.map(key => ({ key, label: label(key) })), ...own.map(({ key, label }) => ({ key, label }))]
}

const Custom = ({ value }: { value: unknown }) => {
  const t = useSay()
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return <>{t(value ? 'words.yes' : 'words.no')}</>
  if (typeof value === 'number') return <span className="rp-number">{inNumbers(value)}</span>
  if (typeof value !== 'string') return null
  return <>{/^\d{4}-\d{2}-\d{2}$/.test(value) ? onDay(value) : value.replaceAll('_', ' ')}</>
}

const cells: Record<ColumnKey, (line: CaseLine) => React.ReactNode> = {
  number: line => <span className="rp-number rp-dim">#{line.number}</span>,
  requester: line => line.requester.name,
  kind: line => (
    <span className="rp-row-kind">
      <KindIcon kind={line.kind} size={14} /> {sayOr(`kind.${line.kind}`, line.kind)}
    </span>
  ),
  status: line => <StatusBadge status={line.status} />,
  severity: line => sayOr(`level.${line.severity}`, String(line.severity)),
  assignee: line =>
    line.assignee && (
      <span className="rp-row-owner">
        <Avatar name={line.assignee.name} size={20} /> <span className="rp-truncate">{line.assignee.name}</span>
      </span>
    ),
  team: line => line.team?.name,
  topic: line => line.topic?.name,
  product: line => line.product?.name,
  channel: line => <ChannelIcon channel={line.channel} />,
  tags: line => line.tags.join(', '),
  waitingSince: line => line.waitingSince && <TimeSince at={line.waitingSince} />,
  lastAt: line => <TimeAgo at={line.lastAt} />,
  openedAt: line => <TimeAgo at={line.openedAt} />,
  snoozedUntil: line => line.snoozedUntil && <TimeAgo at={line.snoozedUntil} />,
  messageCount: line => <span className="rp-number">{line.messageCount}</span>,
}

export const Cell = ({ column, line }: { column: string; line: CaseLine }) =>
  column.startsWith('custom.') ? (
    <Custom value={line.custom?.[column.slice('custom.'.length)]} />
  ) : (
    cells[column as ColumnKey]?.(line)
  )
